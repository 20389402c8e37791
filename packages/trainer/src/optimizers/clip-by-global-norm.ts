import {
  addN,
  div,
  engine,
  isFinite,
  maximum,
  mul,
  type NamedTensorMap,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { ClipByGlobalNorm } from '../kernels/clip-by-global-norm.js';
import { hasKernel } from '../kernels/has-kernel.js';
import { checkDtype } from '../losses/check-tensor.js';
import { checkRange } from './check-range.js';

export interface ClippedGradients {
  /** By the names of the gradients. */
  readonly clipped: Readonly<Record<string, Tensor>>;
  /** The norm from before. */
  readonly globalNorm: Scalar;
}

/**
 * Scales gradients down together, so that their norm as one long vector is at most `clipNorm`:
 *
 * ```text
 * globalNorm = √(Σ gradient²)
 * clipped = gradient · clipNorm / max(globalNorm, clipNorm)
 * ```
 *
 * Where the norm is infinite or NaN, all that is clipped is NaN, so that a gradient that exploded is not
 * taken for a small one. The sum is a float32: elements from about 1e19 make it infinite.
 *
 * @param gradients - float32, one or more, by name; they stay the caller's
 * @param clipNorm - a finite number above 0
 * @returns the clipped gradients and the norm; the caller owns them
 * @throws RangeError if `clipNorm` is outside its range, or there is no gradient
 * @throws TypeError if a gradient is not float32
 *
 * Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, ICML 2013;
 * TensorFlow 1's `tf.clip_by_global_norm`.
 */
export function clipByGlobalNorm(
  gradients: Readonly<Record<string, Tensor>>,
  clipNorm: number,
): ClippedGradients {
  checkRange('clipByGlobalNorm: clipNorm', clipNorm, 'a finite number above 0');
  const names = Object.keys(gradients);
  const tensors = Object.values(gradients);
  if (names.length === 0) {
    throw new RangeError('clipByGlobalNorm: gradients: expected one or more, got none');
  }
  for (const [i, tensor] of tensors.entries()) {
    checkDtype(`clipByGlobalNorm: gradients: ${names[i]}`, tensor, 'float32');
  }
  // The kernel has no gradient.
  const fused = hasKernel(ClipByGlobalNorm) && !engine().isTapeOn();
  const [globalNorm, ...results] = tidy('clip_by_global_norm', () =>
    (fused ? atOnce : composed)(tensors, clipNorm),
  );
  return {
    clipped: Object.fromEntries(names.map((name, i) => [name, results[i]!])),
    globalNorm: globalNorm as Scalar,
  };
}

/** By the kernel that the current backend has for it: the norm, and what is clipped. */
function atOnce(gradients: readonly Tensor[], clipNorm: number): Tensor[] {
  const inputs: NamedTensorMap = Object.fromEntries(
    gradients.map((gradient, i) => [`gradient${i}`, gradient]),
  );
  const attrs = { count: gradients.length, clipNorm };
  return engine().runKernel(ClipByGlobalNorm, inputs, attrs) as unknown as Tensor[];
}

/** The same, composed of TensorFlow.js's own ops. */
function composed(gradients: readonly Tensor[], clipNorm: number): Tensor[] {
  const globalNorm = sqrt(addN(gradients.map((gradient) => sum(square(gradient)))));
  const finiteScale = div(clipNorm, maximum(globalNorm, clipNorm));
  const scale = where(isFinite(globalNorm), finiteScale, scalar(Number.NaN));
  return [globalNorm, ...gradients.map((gradient) => mul(gradient, scale))];
}
