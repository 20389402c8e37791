import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Asserts that `body` throws an error of just this class (or one below it) and message, and that no
 * tensor is left of the attempt.
 */
export function expectRefusal(
  body: () => unknown,
  kind: new (message: string) => Error,
  message: string,
): void {
  const before = memory().numTensors;
  let thrown: unknown;
  try {
    body();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(kind);
  expect((thrown as Error).message).toBe(message);
  expect(memory().numTensors - before, 'tensors left over').toBe(0);
}
