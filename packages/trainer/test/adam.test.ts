import '@tensorflow/tfjs-backend-cpu';
import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, type GoldenTensor, tensorOf } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { adam, type AdamOptions } from '../src/index.js';
import goldens from './goldens/adam.json' with { type: 'json' };

interface AdamCase {
  readonly name: string;
  readonly options: AdamOptions;
  readonly start: GoldenTensor;
  readonly gradients: readonly GoldenTensor[];
  readonly after: readonly GoldenTensor[];
}

describe('adam', () => {
  test.for(goldens.cases as unknown as AdamCase[])(
    'five updates equal TensorFlow 1 with $name',
    async ({ options, start, gradients, after }) => {
      await expectNoLeak(() => {
        const weight = tidy(() => variable(tensorOf(start)));
        const optimizer = adam(options);
        for (const [step, golden] of gradients.entries()) {
          tidy(() => optimizer.applyGradients({ weight }, { weight: tensorOf(golden) }));
          expectClose(weight, after[step]!, 1e-6, `after update ${step + 1}`);
        }
        optimizer.dispose();
        weight.dispose();
      });
    },
  );

  test('a variable without a gradient stays as it is', async () => {
    await expectNoLeak(() => {
      const [a, b] = tidy(() => [variable(tensor([1])), variable(tensor([2]))] as const);
      const optimizer = adam();
      tidy(() => optimizer.applyGradients({ a, b }, { a: tensor([1]) }));
      expect([...b.dataSync()]).toEqual([2]);
      expect(a.dataSync()[0]).toBeCloseTo(0.999, 6);
      optimizer.dispose();
      a.dispose();
      b.dispose();
    });
  });

  test.for([
    [{ learningRate: 0 }, 'adam: learningRate: expected a finite number above 0, got 0'],
    [{ learningRate: Number.NaN }, 'adam: learningRate: expected a finite number above 0, got NaN'],
    [{ beta1: 1 }, 'adam: beta1: expected a number in [0, 1), got 1'],
    [{ beta2: -0.1 }, 'adam: beta2: expected a number in [0, 1), got -0.1'],
    [{ epsilon: -1 }, 'adam: epsilon: expected a finite number from 0, got -1'],
  ] as const)('refuses %o', ([options, message]) => {
    expect(() => adam(options)).toThrow(new RangeError(message));
  });
});
