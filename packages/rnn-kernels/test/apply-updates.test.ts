import '@tensorflow/tfjs-backend-cpu';
import {
  profile,
  randomNormal,
  setBackend,
  tensor2d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { adam, ApplyAdam, ApplyRMSProp, type Optimizer, rmsProp } from '@unroll/trainer';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import '../src/cpu.js';
import '../src/wasm.js';
import { withoutKernels } from './without-kernels.js';

/** Variables of two shapes after ten updates by the same gradients, of very different sizes. */
function tenUpdates(create: () => Optimizer): Variable[] {
  const optimizer = create();
  const kernel = variable(tensor2d([1, -2, 3, 4, 0, 0.5], [2, 3]));
  const bias = variable(randomNormal([9001], 0, 1, 'float32', 9));
  for (let step = 0; step < 10; step++) {
    tidy(() => {
      optimizer.applyGradients(
        { kernel, bias },
        {
          kernel: randomNormal([2, 3], 0, 10, 'float32', step + 1),
          bias: randomNormal([9001], 0, 1e-3, 'float32', step + 50),
        },
      );
    });
  }
  optimizer.dispose();
  return [kernel, bias];
}

const optimizers = [
  [ApplyAdam, () => adam({ learningRate: 0.01 })],
  [ApplyRMSProp, () => rmsProp({ learningRate: 0.01, decay: 0.8, momentum: 0.9 })],
] as const;

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.for(optimizers)(
    '%s updates as the composed steps do, in one kernel and without a leak',
    async ([kernelName, create]) => {
      await setBackend(backend);
      await expectNoLeak(async () => {
        const composed = withoutKernels([kernelName], backend, () =>
          tidy(() => tenUpdates(create)),
        );
        const { kernels, result } = await profile(() => tidy(() => tenUpdates(create)));
        expect(kernels.filter(({ name }) => name === kernelName)).toHaveLength(10);
        expect(kernels.some(({ name }) => name === 'Sqrt')).toBe(false);
        for (const [i, weight] of (result as unknown as Variable[]).entries()) {
          const golden = { shape: composed[i]!.shape, values: composed[i]!.dataSync() };
          expectClose(weight, golden, 1e-6);
          weight.dispose();
          composed[i]!.dispose();
        }
      });
    },
  );
});
