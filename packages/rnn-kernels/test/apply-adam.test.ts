import '@tensorflow/tfjs-backend-cpu';
import {
  getKernel,
  profile,
  randomNormal,
  registerKernel,
  setBackend,
  tensor2d,
  tidy,
  unregisterKernel,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { adam, ApplyAdam } from '@unroll/trainer';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import '../src/cpu.js';
import '../src/wasm.js';

/** Variables of two shapes after ten updates by the same gradients, of very different sizes. */
function tenUpdates(): Variable[] {
  const optimizer = adam({ learningRate: 0.01 });
  const kernel = variable(tensor2d([1, -2, 3, 4, 0, 0.5], [2, 3]));
  const bias = variable(randomNormal([300], 0, 1, 'float32', 9));
  for (let step = 0; step < 10; step++) {
    tidy(() => {
      optimizer.applyGradients(
        { kernel, bias },
        {
          kernel: randomNormal([2, 3], 0, 10, 'float32', step + 1),
          bias: randomNormal([300], 0, 1e-3, 'float32', step + 50),
        },
      );
    });
  }
  optimizer.dispose();
  return [kernel, bias];
}

describe.each(['cpu', 'wasm'])('ApplyAdam on %s', (backend) => {
  test('updates as the composed steps do, in one kernel and without a leak', async () => {
    await setBackend(backend);
    const kernel = getKernel(ApplyAdam, backend)!;
    await expectNoLeak(async () => {
      unregisterKernel(ApplyAdam, backend);
      const composed = tidy(tenUpdates);
      registerKernel(kernel);
      const { kernels, result } = await profile(() => tidy(tenUpdates));
      expect(kernels.filter(({ name }) => name === ApplyAdam)).toHaveLength(10);
      expect(kernels.some(({ name }) => name === 'Sqrt')).toBe(false);
      for (const [i, weight] of (result as unknown as Variable[]).entries()) {
        const golden = { shape: composed[i]!.shape, values: composed[i]!.dataSync() };
        expectClose(weight, golden, 1e-6);
        weight.dispose();
        composed[i]!.dispose();
      }
    });
  });
});
