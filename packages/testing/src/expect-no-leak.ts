import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Runs `body` and asserts that as many tensors, and as many buffers behind them, exist as before.
 * The body disposes what it is given to own.
 */
export async function expectNoLeak(body: () => unknown): Promise<void> {
  const before = memory();
  await body();
  const after = memory();
  expect(after.numTensors - before.numTensors, 'tensors left over').toBe(0);
  expect(after.numDataBuffers - before.numDataBuffers, 'buffers left over').toBe(0);
}
