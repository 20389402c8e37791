import { add, div, mul, sqrt, square, sub, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { ApplyAdam, type ApplyAdamAttrs } from '../kernels/apply-adam.js';
import { applyUpdates, type UpdateRule } from './apply-updates.js';
import { checkRange } from './check-range.js';
import type { NamedVariables, Optimizer } from './optimizer.js';
import { Slots } from './slots.js';

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the first moment, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root, so that nothing is divided by zero. Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * Adam, as TensorFlow 1 computes it:
 *
 * ```text
 * rate[t] = learningRate · √(1 - beta2^t) / (1 - beta1^t)
 * m = beta1 · m + (1 - beta1) · g
 * v = beta2 · v + (1 - beta2) · g²
 * variable = variable - rate[t] · m / (√v + epsilon)
 * ```
 *
 * Epsilon is added to the uncorrected root (the paper's second form), where TensorFlow.js's own Adam
 * adds a larger one, of the backend's choice, to the corrected one.
 *
 * @param options - rate, decays, epsilon
 * @returns an optimizer whose slots live until it is disposed
 * @throws RangeError if an option is outside its range
 *
 * Source: Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, end of section 2;
 * TensorFlow 1's `AdamOptimizer`.
 */
export function adam({
  learningRate = 0.001,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: AdamOptions = {}): Optimizer {
  checkRange('adam: learningRate', learningRate, 'a finite number above 0');
  checkRange('adam: beta1', beta1, 'a number in [0, 1)');
  checkRange('adam: beta2', beta2, 'a number in [0, 1)');
  checkRange('adam: epsilon', epsilon, 'a finite number from 0');
  const slots = new Slots((weight) => ({ m: zerosLike(weight), v: zerosLike(weight) }));
  let beta1Power = 1;
  let beta2Power = 1;
  return {
    applyGradients(variables: NamedVariables, gradients: Readonly<Record<string, Tensor>>): void {
      beta1Power *= beta1;
      beta2Power *= beta2;
      const rate = (learningRate * Math.sqrt(1 - beta2Power)) / (1 - beta1Power);
      applyUpdates(rule, slots.updates(variables, gradients), { rate, beta1, beta2, epsilon });
    },
    dispose(): void {
      slots.dispose();
      beta1Power = 1;
      beta2Power = 1;
    },
  };
}

const rule: UpdateRule<'m' | 'v', Omit<ApplyAdamAttrs, 'count'>> = {
  scope: 'Adam',
  kernelName: ApplyAdam,
  slots: ['m', 'v'],
  compose({ weight, m, v, gradient }, { rate, beta1, beta2, epsilon }) {
    m.assign(add(mul(m, beta1), mul(gradient, 1 - beta1)));
    v.assign(add(mul(v, beta2), mul(square(gradient), 1 - beta2)));
    weight.assign(sub(weight, div(mul(m, rate), add(sqrt(v), epsilon))));
  },
};
