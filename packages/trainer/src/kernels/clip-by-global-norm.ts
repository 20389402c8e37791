/**
 * The kernel of `clipByGlobalNorm` for all gradients at once. It takes `gradient{i}` for the i-th of `count`,
 * and gives `[globalNorm, clipped0, clipped1, ...]`:
 *
 * ```text
 * globalNorm = √(Σ gradient²)
 * clipped = gradient · clipNorm / max(globalNorm, clipNorm)
 * ```
 *
 * All that is clipped is NaN where the sum of squares is no finite float32.
 */
export const ClipByGlobalNorm = 'ClipByGlobalNorm';

export interface ClipByGlobalNormAttrs {
  readonly count: number;
  readonly clipNorm: number;
}
