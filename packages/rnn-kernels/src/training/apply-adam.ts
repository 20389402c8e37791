import { ApplyAdam, type ApplyAdamAttrs } from '@unroll/trainer';
import type { UpdateRule } from './update-kernel.js';

const { fround } = Math;

export const applyAdam: UpdateRule<'m' | 'v', ApplyAdamAttrs> = {
  kernelName: ApplyAdam,
  slots: ['m', 'v'],
  update(next, old, { rate, beta1, beta2, epsilon }) {
    const { weight: newWeight, m: newM, v: newV } = next;
    const { weight, m, v, gradient } = old;
    const [b1, b2] = [fround(beta1), fround(beta2)];
    const [rest1, rest2] = [fround(1 - beta1), fround(1 - beta2)];
    const [step, margin] = [fround(rate), fround(epsilon)];
    // Rounded at each operation, so that the engine computes in float32, where roots and quotients are quick.
    for (let i = 0; i < weight.length; i++) {
      const g = gradient[i]!;
      const mean = fround(fround(b1 * m[i]!) + fround(rest1 * g));
      const square = fround(fround(b2 * v[i]!) + fround(rest2 * fround(g * g)));
      const root = fround(fround(Math.sqrt(square)) + margin);
      newM[i] = mean;
      newV[i] = square;
      newWeight[i] = fround(weight[i]! - fround(fround(step * mean) / root));
    }
  },
};
