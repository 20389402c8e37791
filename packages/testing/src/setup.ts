import { env } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, vi } from 'vitest';

// Silences TensorFlow.js's greeting, so that any other word on the console is a defect.
env().set('IS_TEST', true);

const methods = ['debug', 'error', 'info', 'log', 'warn'] as const;

beforeEach(() => {
  for (const method of methods) vi.spyOn(console, method);
});

afterEach(() => {
  const said = methods.flatMap((method) => vi.mocked(console[method]).mock.calls);
  vi.restoreAllMocks();
  expect(said, 'a test that passes says nothing on the console').toEqual([]);
});
