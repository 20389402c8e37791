import '@tensorflow/tfjs-backend-cpu';
import {
  mul,
  scalar,
  type Scalar,
  square,
  sub,
  tidy,
  variable,
  reshape,
  tile,
  type Variable,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { type Callback, type Evaluation, train, trainStep } from '../src/index.js';
import { setUp } from './set-up-training.js';

describe('train, its tensors and its time', () => {
  test('an error after the first ops, or a metric that is none, leaves no tensor', async () => {
    const late: readonly ((evaluation: Evaluation) => unknown)[] = [
      () => {
        throw new Error('late');
      },
      ({ loss }) => ({ loss, metrics: { accuracy: 0.5 } }),
      ({ loss }) => ({ loss, metrics: { accuracy: undefined } }),
      ({ loss }) => Promise.resolve({ loss }),
      ({ loss }) => ({ loss: tile(reshape(loss, [1]), [2]) }),
    ];
    for (const fail of late) {
      await expectNoLeak(async () => {
        const options = setUp([1, 2, 3]);
        const evaluate = (batch: { x: Scalar }) => fail(options.evaluate(batch)) as Evaluation;
        await expect(train({ ...options, evaluate })).rejects.toThrow(/late|expected a scalar/);
        options.dispose();
      });
    }
  });

  test('metrics may be a variable, or part of the batch, which stay their owners’', async () => {
    await expectNoLeak(async () => {
      const options = setUp([1, 2], [3]);
      const w = options.variables['w'] as unknown as Scalar;
      const metrics: unknown[] = [];
      await train({
        ...options,
        epochs: 1,
        evaluate: ({ x }) => ({ loss: square(sub(w, x)), metrics: { x, w } }),
        callbacks: [{ onBatch: (result) => void metrics.push(result.metrics['x']) }],
      });
      expect(metrics).toEqual([1, 2, 3]);
      expect(w.isDisposed).toBe(false);
      options.dispose();
    });
  });

  test('a variable that is not trainable, or that the loss does not see, stays as it is', async () => {
    await expectNoLeak(async () => {
      const options = setUp([1]);
      const { frozen, unused } = tidy(() => ({
        frozen: variable(scalar(5), false),
        unused: variable(scalar(6)),
      }));
      await train({
        ...options,
        variables: { ...options.variables, frozen, unused },
        evaluate: ({ x }) => ({ loss: square(sub(mul(options.variables['w']!, frozen), x)) }),
      });
      expect([frozen.dataSync()[0], unused.dataSync()[0]]).toEqual([5, 6]);
      for (const weight of [frozen, unused]) weight.dispose();
      options.dispose();
    });
  });

  test('refuses one variable under two names, and batches that can be walked but once', async () => {
    const options = setUp([1]);
    const { w } = options.variables as { w: Variable };
    await expect(train({ ...options, variables: { a: w, b: w } })).rejects.toThrow(
      new RangeError('trainStep: variables: expected each once, got one twice among a, b'),
    );
    const once = (function* () {
      yield { x: scalar(1) };
    })();
    await expect(train({ ...options, trainBatches: once })).rejects.toThrow(
      'train: trainBatches: expected a batch or more in epoch 2, got none',
    );
    options.dispose();
  });

  test('a step inside of tidy leaves nothing', async () => {
    await expectNoLeak(() => {
      const options = setUp([]);
      const { variables, optimizer } = options;
      tidy(() => {
        const evaluate = () => options.evaluate({ x: scalar(1) });
        return trainStep({ variables, optimizer, evaluate }).loss;
      }).dispose();
      options.dispose();
    });
  });

  test('seconds are those of the whole iteration, and of it alone', async () => {
    const options = setUp([]);
    const seconds: number[] = [];
    const slow = {
      *[Symbol.iterator]() {
        for (let n = 0; n < 2; n++) {
          const end = performance.now() + 30;
          while (performance.now() < end);
          yield { x: scalar(1) };
        }
      },
    };
    const callback: Callback = {
      onBatch: async (result) => {
        seconds.push(result.seconds);
        await new Promise((resolve) => setTimeout(resolve, 600));
      },
    };
    await train({ ...options, trainBatches: slow, epochs: 1, callbacks: [callback] });
    for (const one of seconds) {
      expect(one).toBeGreaterThan(0.029);
      expect(one).toBeLessThan(0.6);
    }
    options.dispose();
  });

  test.for([0, 1.5, -1])('refuses %d epochs', async (epochs) => {
    const options = setUp([1]);
    await expect(train({ ...options, epochs })).rejects.toThrow(
      new RangeError(`train: epochs: expected a whole number from 1, got ${epochs}`),
    );
    options.dispose();
  });
});
