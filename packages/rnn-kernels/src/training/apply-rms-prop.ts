import { ApplyRMSProp, type ApplyRMSPropAttrs } from '@unroll/trainer';
import type { UpdateRule } from './update-kernel.js';

export const applyRMSProp: UpdateRule<'mom' | 'rms', ApplyRMSPropAttrs> = {
  kernelName: ApplyRMSProp,
  slots: ['rms', 'mom'],
  update(next, { weight, rms, mom, gradient }, { learningRate, decay, momentum, epsilon }) {
    for (let i = 0; i < weight.length; i++) {
      const g = gradient[i]!;
      next.rms[i] = decay * rms[i]! + (1 - decay) * g * g;
      next.mom[i] = momentum * mom[i]! + (learningRate * g) / Math.sqrt(next.rms[i]! + epsilon);
      next.weight[i] = weight[i]! - next.mom[i]!;
    }
  },
};
