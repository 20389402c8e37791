import type { KernelConfig } from '@tensorflow/tfjs-core';
import { ClipByGlobalNorm, type ClipByGlobalNormAttrs } from '@unroll/trainer';
import { numbersOf } from '../numbers-of.js';
import { makeOutputs, settle } from './make-outputs.js';
import type { TrainingContext } from './training-context.js';

/** `ClipByGlobalNorm`: a pass over all gradients for the norm, and one to scale them. */
export function clipByGlobalNormKernel({ backendName, hostOf }: TrainingContext): KernelConfig {
  return {
    kernelName: ClipByGlobalNorm,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const host = hostOf(backend);
      const { count, clipNorm } = attrs as unknown as ClipByGlobalNormAttrs;
      const given = Array.from({ length: count }, (_, i) => inputs[`gradient${i}`]!);
      settle(host, given);
      const { infos, values } = makeOutputs(host, [[], ...given.map(({ shape }) => shape)]);
      const [norm, ...clipped] = values as [Float32Array, ...Float32Array[]];
      const gradients = given.map((gradient) => numbersOf(host, gradient));
      norm[0] = Math.sqrt(sumOfSquares(gradients));
      const scale = Number.isFinite(norm[0]) ? clipNorm / Math.max(norm[0], clipNorm) : Number.NaN;
      for (const [i, gradient] of gradients.entries()) scaleInto(clipped[i]!, gradient, scale);
      return infos;
    },
  };
}

/** As float32, so that it overflows where TensorFlow.js's own sum does. */
function sumOfSquares(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) {
    for (let i = 0; i < gradient.length; i++) sum += gradient[i]! * gradient[i]!;
  }
  return Math.fround(sum);
}

function scaleInto(result: Float32Array, values: Float32Array, scale: number): void {
  for (let i = 0; i < values.length; i++) result[i] = values[i]! * scale;
}
