import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, type GoldenTensor, tensorOf } from '@unroll/testing';
import { expect, test } from 'vitest';
import type { Optimizer } from '../src/index.js';

interface OptimizerCase {
  readonly name: string;
  readonly options: never;
  readonly start: GoldenTensor;
  readonly gradients: readonly GoldenTensor[];
  readonly after: readonly GoldenTensor[];
}

/**
 * Makes the tests that every optimizer passes.
 *
 * @param create - the optimizer by its options
 * @param goldens - what `goldens/make_goldens.py` wrote for it
 */
export function testOptimizer(
  create: (options: never) => Optimizer,
  goldens: { readonly cases: readonly unknown[] },
): void {
  const cases = goldens.cases as readonly OptimizerCase[];

  test.for(cases)(
    'five updates equal TensorFlow 1 with $name (goldens/make_goldens.py)',
    async ({ options, start, gradients, after }) => {
      await expectNoLeak(() => {
        const weight = tidy(() => variable(tensorOf(start)));
        const optimizer = create(options);
        for (const [step, golden] of gradients.entries()) {
          tidy(() => optimizer.applyGradients({ weight }, { weight: tensorOf(golden) }));
          expectClose(weight, after[step]!, 1e-6, `after update ${step + 1}`);
        }
        optimizer.dispose();
        weight.dispose();
      });
    },
  );

  test('a variable without a gradient stays as it is, one of another shape has slots of its own', async () => {
    await expectNoLeak(() => {
      const [a, b, c] = tidy(
        () => [variable(tensor([1])), variable(tensor([2])), variable(tensor([[3, 3]]))] as const,
      );
      const optimizer = create(cases[0]!.options);
      for (let step = 0; step < 2; step++) {
        tidy(() => optimizer.applyGradients({ a, b, c }, { a: tensor([1]), c: tensor([[1, -1]]) }));
      }
      const [moved] = a.dataSync();
      expect(moved).toBeLessThan(1);
      expect([...b.dataSync()]).toEqual([2]);
      const [down, up] = c.dataSync();
      expect(3 - down!).toBeCloseTo(1 - moved!, 6);
      expect(up! - 3).toBeCloseTo(1 - moved!, 6);
      optimizer.dispose();
      for (const weight of [a, b, c]) weight.dispose();
    });
  });
}
