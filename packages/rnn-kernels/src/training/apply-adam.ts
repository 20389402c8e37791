import { ApplyAdam, type ApplyAdamAttrs } from '@unroll/trainer';
import type { UpdateRule } from './update-kernel.js';

export const applyAdam: UpdateRule<'m' | 'v', ApplyAdamAttrs> = {
  kernelName: ApplyAdam,
  slots: ['m', 'v'],
  update(next, { weight, m, v, gradient }, { rate, beta1, beta2, epsilon }) {
    for (let i = 0; i < weight.length; i++) {
      const g = gradient[i]!;
      next.m[i] = beta1 * m[i]! + (1 - beta1) * g;
      next.v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      next.weight[i] = weight[i]! - (rate * next.m[i]!) / (Math.sqrt(next.v[i]!) + epsilon);
    }
  },
};
