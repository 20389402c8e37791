import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { ApplyAdam, type ApplyAdamAttrs } from '@unroll/trainer';
import type { Host, HostOf } from '../host.js';

/** `ApplyAdam` in one pass over the numbers of each variable. */
export function applyAdamKernel(backendName: string, hostOf: HostOf): KernelConfig {
  return {
    kernelName: ApplyAdam,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const host = hostOf(backend);
      const all = attrs as unknown as ApplyAdamAttrs;
      return Array.from({ length: all.count }, (_, i) =>
        applyTo(host, all, {
          weight: inputs[`weight${i}`]!,
          m: inputs[`m${i}`]!,
          v: inputs[`v${i}`]!,
          gradient: inputs[`gradient${i}`]!,
        }),
      ).flat();
    },
  };
}

type Quantities = Readonly<Record<'gradient' | 'm' | 'v' | 'weight', TensorInfo>>;

function applyTo(host: Host, attrs: ApplyAdamAttrs, given: Quantities): TensorInfo[] {
  const { rate, beta1, beta2, epsilon } = attrs;
  // All are made before any is looked at: a new one may move the others.
  const results = Array.from({ length: 3 }, () => host.output(given.weight.shape).info);
  const [newWeight, newM, newV] = results.map((info) => host.floats(info)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const weight = host.floats(given.weight);
  const m = host.floats(given.m);
  const v = host.floats(given.v);
  const gradient = host.floats(given.gradient);
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i]!;
    newM[i] = beta1 * m[i]! + (1 - beta1) * g;
    newV[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    newWeight[i] = weight[i]! - (rate * newM[i]!) / (Math.sqrt(newV[i]!) + epsilon);
  }
  return results;
}
