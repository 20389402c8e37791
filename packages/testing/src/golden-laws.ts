import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { CellLibrary } from './cell-library.js';
import { expectClose } from './expect-close.js';
import { expectNoLeak } from './expect-no-leak.js';
import type { GoldenTensor } from './golden-case.js';
import { goldenCases } from './goldens.js';
import { type GoldenRun, leaves, runGoldenCase } from './run-golden-case.js';

const forwardTolerance = 1e-5;
const gradientTolerance = 1e-4;
const script = 'if TensorFlow is right, see packages/testing/goldens/make_goldens.py';

/**
 * Defines a test for every golden case: outputs, final state and all gradients equal TensorFlow's,
 * and no tensor is left. Runs on the backend of the moment, with the kernels that it has.
 */
export function describeGoldens(title: string, library: CellLibrary): void {
  describe(title, () => {
    test.for(goldenCases.map((golden) => [golden.name, golden] as const))(
      '%s equals TensorFlow, and leaves no tensor',
      async ([, golden]) => {
        await expectNoLeak(() => {
          const run = runGoldenCase(library, golden);
          expectAll(run.outputs, golden.outputs, forwardTolerance, `outputs (${script})`);
          expectAll(run.finalState, golden.finalState, forwardTolerance, 'finalState');
          expectGradients(run, golden.gradients);
          dispose(run as never);
        });
      },
    );
  });
}

function expectGradients(
  run: GoldenRun,
  gradients: (typeof goldenCases)[number]['gradients'],
): void {
  expectClose(run.inputGradient, gradients.inputs, gradientTolerance, 'gradient of inputs');
  if (gradients.initialState !== null) {
    const what = 'gradient of initialState';
    expectAll(run.initialStateGradients, gradients.initialState, gradientTolerance, what);
  }
  expect(Object.keys(run.weightGradients).toSorted()).toEqual(
    Object.keys(gradients.weights).toSorted(),
  );
  for (const [path, expected] of Object.entries(gradients.weights)) {
    expectClose(run.weightGradients[path]!, expected, gradientTolerance, `gradient of ${path}`);
  }
}

function expectAll(actual: unknown, golden: unknown, tolerance: number, what: string): void {
  const tensors = leaves<Tensor>(actual);
  const expected = leaves<GoldenTensor>(golden);
  expect(tensors.length, `${what}: tensors`).toBe(expected.length);
  for (const [i, one] of expected.entries()) expectClose(tensors[i]!, one, tolerance, what);
}
