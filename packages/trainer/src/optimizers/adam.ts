import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mul,
  type NamedTensorMap,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { ApplyAdam, type ApplyAdamAttrs } from '../kernels/apply-adam.js';
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
      const updates = Object.entries(gradients).map(([name, gradient]): Update => {
        const weight = variables[name]!;
        return { weight, ...slots.of(name, weight), gradient };
      });
      const count = updates.length;
      const fused = getKernel(ApplyAdam, getBackend()) !== undefined;
      (fused ? applyAtOnce : applyOneByOne)(updates, { count, rate, beta1, beta2, epsilon });
    },
    dispose(): void {
      slots.dispose();
      beta1Power = 1;
      beta2Power = 1;
    },
  };
}

/** A variable with what its update is made of. */
interface Update {
  readonly weight: Variable;
  readonly m: Variable;
  readonly v: Variable;
  readonly gradient: Tensor;
}

/** By the kernel that the current backend has for it. */
function applyAtOnce(updates: readonly Update[], attrs: ApplyAdamAttrs): void {
  tidy(() => {
    const inputs: NamedTensorMap = {};
    for (const [i, { weight, m, v, gradient }] of updates.entries()) {
      Object.assign(inputs, {
        [`weight${i}`]: weight,
        [`m${i}`]: m,
        [`v${i}`]: v,
        [`gradient${i}`]: gradient,
      });
    }
    const results = engine().runKernel(ApplyAdam, inputs, { ...attrs }) as unknown as Tensor[];
    for (const [i, { weight, m, v }] of updates.entries()) {
      weight.assign(results[3 * i]!);
      m.assign(results[3 * i + 1]!);
      v.assign(results[3 * i + 2]!);
    }
  });
}

/** Composed of TensorFlow.js's own ops. */
function applyOneByOne(
  updates: readonly Update[],
  { rate, beta1, beta2, epsilon }: ApplyAdamAttrs,
): void {
  for (const { weight, m, v, gradient } of updates) {
    tidy(() => {
      m.assign(add(mul(m, beta1), mul(gradient, 1 - beta1)));
      v.assign(add(mul(v, beta2), mul(square(gradient), 1 - beta2)));
      weight.assign(sub(weight, div(mul(m, rate), add(sqrt(v), epsilon))));
    });
  }
}
