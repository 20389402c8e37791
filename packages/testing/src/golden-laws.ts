import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { CellLibrary } from './cell-library.js';
import { expectClose } from './expect-close.js';
import { expectNoLeak } from './expect-no-leak.js';
import type { GoldenCase, GoldenTensor } from './golden-case.js';
import { goldenCases } from './goldens.js';
import { readNumbers } from './read-numbers.js';
import { type GoldenRun, leaves, runGoldenCase } from './run-golden-case.js';

const forwardTolerance = 1e-5;
const gradientTolerance = 1e-4;
const script = 'if TensorFlow is right, see packages/testing/goldens/make_goldens.py';

/**
 * Defines a test for every golden case: outputs, final state and all gradients equal TensorFlow's,
 * and no tensor is left. Runs on the backend of the moment, with the kernels that it has.
 *
 * @param cases - default all of them
 */
export function describeGoldens(
  title: string,
  library: CellLibrary,
  cases: readonly GoldenCase[] = goldenCases,
): void {
  describe(title, () => {
    test.for(cases.map((golden) => [golden.name, golden] as const))(
      '%s equals TensorFlow, and leaves no tensor',
      async ([, golden]) => {
        await expectNoLeak(async () => {
          const run = runGoldenCase(library, golden);
          await expectAll(run.outputs, golden.outputs, forwardTolerance, `outputs (${script})`);
          await expectAll(run.finalState, golden.finalState, forwardTolerance, 'finalState');
          await expectGradients(run, golden.gradients);
          dispose(run as never);
        });
      },
    );
  });
}

async function expectGradients(run: GoldenRun, gradients: GoldenCase['gradients']): Promise<void> {
  const what = 'gradient of inputs';
  expectClose(await readNumbers(run.inputGradient), gradients.inputs, gradientTolerance, what);
  if (gradients.initialState !== null) {
    const { initialStateGradients } = run;
    const ofState = 'gradient of initialState';
    await expectAll(initialStateGradients, gradients.initialState, gradientTolerance, ofState);
  }
  expect(Object.keys(run.weightGradients).toSorted()).toEqual(
    Object.keys(gradients.weights).toSorted(),
  );
  for (const [path, expected] of Object.entries(gradients.weights)) {
    const actual = await readNumbers(run.weightGradients[path]!);
    expectClose(actual, expected, gradientTolerance, `gradient of ${path}`);
  }
}

async function expectAll(
  actual: unknown,
  golden: unknown,
  tolerance: number,
  what: string,
): Promise<void> {
  const tensors = leaves<Tensor>(actual);
  const expected = leaves<GoldenTensor>(golden);
  expect(tensors.length, `${what}: tensors`).toBe(expected.length);
  for (const [i, one] of expected.entries()) {
    expectClose(await readNumbers(tensors[i]!), one, tolerance, what);
  }
}
