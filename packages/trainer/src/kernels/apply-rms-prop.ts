/**
 * The kernel that makes one step of `rmsProp` for all variables at once. It takes, for the i-th of `count`,
 * `weight{i}`, `rms{i}`, `mom{i}` and `gradient{i}`, all of one shape, and gives new tensors for
 * `[weight0, rms0, mom0, weight1, ...]`:
 *
 * ```text
 * rms = decay · rms + (1 - decay) · gradient²
 * mom = momentum · mom + learningRate · gradient / √(rms + epsilon)
 * weight = weight - mom
 * ```
 */
export const ApplyRMSProp = 'ApplyRMSProp';

export interface ApplyRMSPropAttrs {
  readonly count: number;
  readonly learningRate: number;
  readonly decay: number;
  readonly momentum: number;
  readonly epsilon: number;
}
