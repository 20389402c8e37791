import { ApplyRMSProp, type ApplyRMSPropAttrs } from '@unroll/trainer';
import type { UpdateRule } from './update-kernel.js';

export const applyRMSProp: UpdateRule<ApplyRMSPropAttrs> = {
  kernelName: ApplyRMSProp,
  slots: ['rms', 'mom'],
  update({ exports }, places, { learningRate, decay, momentum, epsilon }) {
    exports.applyRMSProp(...places, learningRate, decay, 1 - decay, momentum, epsilon);
  },
};
