import { ApplyAdam, type ApplyAdamAttrs } from '@unroll/trainer';
import type { UpdateRule } from './update-kernel.js';

export const applyAdam: UpdateRule<ApplyAdamAttrs> = {
  kernelName: ApplyAdam,
  slots: ['m', 'v'],
  update({ exports }, places, { rate, beta1, beta2, epsilon }) {
    exports.applyAdam(...places, rate, beta1, beta2, 1 - beta1, 1 - beta2, epsilon);
  },
};
