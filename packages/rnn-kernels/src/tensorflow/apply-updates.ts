import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  ApplyAdam,
  type ApplyAdamAttrs,
  ApplyRMSProp,
  type ApplyRMSPropAttrs,
} from '@unroll/trainer';
import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';
import { scopedKernel } from './scoped-kernel.js';

/*
 * TensorFlow's own ApplyAdam and its like update variables in place, which TensorFlow.js's tensors never
 * are; around their resources they would take more ops than these.
 */

/** `ApplyAdam` */
export const applyAdam: KernelConfig = updateKernel<ApplyAdamAttrs>({
  kernelName: ApplyAdam,
  slots: ['m', 'v'],
  start(ops, { rate, beta1, beta2, epsilon }) {
    const [keepM, addM, keepV, addV] = [beta1, 1 - beta1, beta2, 1 - beta2].map((share) =>
      ops.scalar(share),
    ) as [Handle, Handle, Handle, Handle];
    const [step, least] = [ops.scalar(rate), ops.scalar(epsilon)];
    return ([weight, oldM, oldV], gradient) => {
      const m = ops.add(ops.mul(oldM!, keepM), ops.mul(gradient, addM));
      const square = ops.mul(gradient, gradient);
      const v = ops.add(ops.mul(oldV!, keepV), ops.mul(square, addV));
      const divisor = ops.add(ops.run('Sqrt', [v]), least);
      return [ops.sub(weight!, ops.run('RealDiv', [ops.mul(m, step), divisor])), m, v];
    };
  },
});

/** `ApplyRMSProp` */
export const applyRMSProp: KernelConfig = updateKernel<ApplyRMSPropAttrs>({
  kernelName: ApplyRMSProp,
  slots: ['rms', 'mom'],
  start(ops, { learningRate, decay, momentum, epsilon }) {
    const [keepRMS, addRMS, keepMom] = [decay, 1 - decay, momentum].map((share) =>
      ops.scalar(share),
    ) as [Handle, Handle, Handle];
    const [step, least] = [ops.scalar(learningRate), ops.scalar(epsilon)];
    return ([weight, oldRMS, oldMom], gradient) => {
      const square = ops.mul(gradient, gradient);
      const rms = ops.add(ops.mul(oldRMS!, keepRMS), ops.mul(square, addRMS));
      const divisor = ops.run('Sqrt', [ops.add(rms, least)]);
      const update = ops.run('RealDiv', [ops.mul(gradient, step), divisor]);
      const mom = ops.add(ops.mul(oldMom!, keepMom), update);
      return [ops.sub(weight!, mom), rms, mom];
    };
  },
});

/** Gives the new weight and slots of a variable from the old ones and the gradient. */
type Update = (old: readonly Handle[], gradient: Handle) => Handle[];

/** How an optimizer updates a variable. */
interface UpdateRule<Attrs> {
  readonly kernelName: string;
  /** In the order in which the kernel gives them, after the weight. */
  readonly slots: readonly string[];
  readonly start: (ops: Ops, attrs: Attrs) => Update;
}

function updateKernel<Attrs extends { readonly count: number }>({
  kernelName,
  slots,
  start,
}: UpdateRule<Attrs>): KernelConfig {
  return scopedKernel<Attrs>(kernelName, ({ ops, inputs, attrs }) => {
    const update = start(ops, attrs);
    return Array.from({ length: attrs.count }, (_, i) => {
      const [gradient, ...old] = ['gradient', 'weight', ...slots].map((name) =>
        ops.input(inputs[`${name}${i}`]!),
      ) as [Handle, ...Handle[]];
      return ops.tidy(() => update(old, gradient));
    }).flat();
  });
}
