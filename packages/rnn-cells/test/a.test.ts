import { add, scalar } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@unroll/testing';
import { test } from 'vitest';
import '../src/index.js';
test('x', () => {
  expectClose(add(scalar(1), scalar(2)), { shape: [], values: [3] }, 0);
});
