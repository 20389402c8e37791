import {
  add,
  div,
  mul,
  onesLike,
  sqrt,
  square,
  sub,
  type Tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { ApplyRMSProp, type ApplyRMSPropAttrs } from '../kernels/apply-rms-prop.js';
import { applyUpdates, type UpdateRule } from './apply-updates.js';
import { checkRange } from './check-range.js';
import type { NamedVariables, Optimizer } from './optimizer.js';
import { Slots } from './slots.js';

export interface RMSPropOptions {
  /** TensorFlow 1 has no default either. */
  readonly learningRate: number;
  /** Decay of the mean square, in [0, 1). Default 0.9. */
  readonly decay?: number;
  /** Share of the last update that goes into the next, in [0, 1). Default 0. */
  readonly momentum?: number;
  /** Added inside the root, so that nothing is divided by zero. Default 1e-10. */
  readonly epsilon?: number;
}

/**
 * RMSProp, as TensorFlow 1 computes it:
 *
 * ```text
 * rms = decay · rms + (1 - decay) · g²
 * mom = momentum · mom + learningRate · g / √(rms + epsilon)
 * variable = variable - mom
 * ```
 *
 * The mean square starts at 1 (`mom` at 0), so the first updates are smaller than the learning rate,
 * and the gradient's scale counts until that 1 has decayed. TensorFlow.js's own RMSProp starts at 0,
 * where the first update is 3 times the learning rate whatever the gradient, and adds a larger
 * epsilon, of the backend's choice.
 *
 * @param options - rate, decay, momentum, epsilon
 * @returns an optimizer whose slots live until it is disposed
 * @throws RangeError if an option is outside its range
 *
 * Source: Tieleman and Hinton, Lecture 6.5, rmsprop, COURSERA: Neural networks for machine learning,
 * 2012; TensorFlow 1's `RMSPropOptimizer`.
 */
export function rmsProp({
  learningRate,
  decay = 0.9,
  momentum = 0,
  epsilon = 1e-10,
}: RMSPropOptions): Optimizer {
  checkRange('rmsProp: learningRate', learningRate, 'a finite number above 0');
  checkRange('rmsProp: decay', decay, 'a number in [0, 1)');
  checkRange('rmsProp: momentum', momentum, 'a number in [0, 1)');
  checkRange('rmsProp: epsilon', epsilon, 'a finite number from 0');
  const slots = new Slots((weight) => ({ rms: onesLike(weight), mom: zerosLike(weight) }));
  return {
    applyGradients(variables: NamedVariables, gradients: Readonly<Record<string, Tensor>>): void {
      const attrs = { learningRate, decay, momentum, epsilon };
      applyUpdates(rule, slots.updates(variables, gradients), attrs);
    },
    dispose(): void {
      slots.dispose();
    },
  };
}

const rule: UpdateRule<'mom' | 'rms', Omit<ApplyRMSPropAttrs, 'count'>> = {
  scope: 'RMSProp',
  kernelName: ApplyRMSProp,
  slots: ['rms', 'mom'],
  compose({ weight, rms, mom, gradient }, { learningRate, decay, momentum, epsilon }) {
    rms.assign(add(mul(rms, decay), mul(square(gradient), 1 - decay)));
    const update = div(mul(gradient, learningRate), sqrt(add(rms, epsilon)));
    mom.assign(add(mul(mom, momentum), update));
    weight.assign(sub(weight, mom));
  },
};
