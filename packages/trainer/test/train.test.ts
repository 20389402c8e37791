import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
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
import {
  adam,
  type BatchResult,
  type Callback,
  type Evaluation,
  train,
  type TrainOptions,
  trainStep,
} from '../src/index.js';

/** Fits a number `w` to the batches' numbers: loss `(w - x)²`, metric `accuracy` the number itself. */
function setUp(
  train_: readonly number[],
  test_: readonly number[] = [],
): TrainOptions<{ x: Scalar }> & { dispose(): void } {
  const w = tidy(() => variable(scalar(0)));
  const optimizer = adam({ learningRate: 0.1 });
  const batches = (numbers: readonly number[]) => ({
    length: numbers.length,
    *[Symbol.iterator]() {
      for (const x of numbers) yield { x: scalar(x) };
    },
  });
  return {
    variables: { w },
    optimizer,
    evaluate: ({ x }) => ({ loss: square(sub(w, x)), metrics: { accuracy: mul(x, 1) } }),
    trainBatches: batches(train_),
    testBatches: batches(test_),
    epochs: 2,
    dispose() {
      w.dispose();
      optimizer.dispose();
    },
  };
}

describe('train', () => {
  test('trains on every batch and tests on every test batch, in order, in every epoch', async () => {
    await expectNoLeak(async () => {
      const results: BatchResult[] = [];
      const options = setUp([1, 2, 3], [4, 5]);
      const result = await train({
        ...options,
        callbacks: [{ onBatch: (r) => void results.push(r) }],
      });
      expect(result).toEqual({ step: 6, epochs: 2, interrupted: false });
      const seen = results.map((r) => [r.phase, r.epoch, r.batch, r.step, r.metrics['accuracy']]);
      expect(seen).toEqual([
        ['train', 1, 1, 1, 1],
        ['train', 1, 2, 2, 2],
        ['train', 1, 3, 3, 3],
        ['test', 1, 1, 3, 4],
        ['test', 1, 2, 3, 5],
        ['train', 2, 1, 4, 1],
        ['train', 2, 2, 5, 2],
        ['train', 2, 3, 6, 3],
        ['test', 2, 1, 6, 4],
        ['test', 2, 2, 6, 5],
      ]);
      options.dispose();
    });
  });

  test('the loss of a batch is the one before its update, and test batches update nothing', async () => {
    const losses: number[] = [];
    const options = setUp([2], [2, 2]);
    await train({
      ...options,
      epochs: 1,
      callbacks: [{ onBatch: (r) => void losses.push(r.loss) }],
    });
    expect(losses[0]).toBe(4);
    expect(losses[1]).toBeCloseTo((2 - 0.1) ** 2, 5);
    expect(losses[2]).toBe(losses[1]);
    options.dispose();
  });

  test('the loss falls to the minimum', async () => {
    const options = setUp(Array.from({ length: 200 }, () => 3));
    let last = Number.NaN;
    await train({ ...options, callbacks: [{ onBatch: ({ loss }) => void (last = loss) }] });
    expect(last).toBeLessThan(1e-4);
    options.dispose();
  });

  test('as many tensors exist after step 10 as after step 400', async () => {
    const options = setUp(Array.from({ length: 400 }, () => 1));
    const tensors: number[] = [];
    await train({
      ...options,
      epochs: 1,
      callbacks: [{ onBatch: () => void tensors.push(memory().numTensors) }],
    });
    expect(tensors[399]).toBe(tensors[9]);
    options.dispose();
  });

  test('the signal ends it after the step that runs, with the callbacks closed', async () => {
    await expectNoLeak(async () => {
      const controller = new AbortController();
      const ends: unknown[] = [];
      const options = setUp([1, 2, 3]);
      const callback: Callback = {
        onBatch: ({ step }) => {
          if (step === 4) controller.abort();
        },
        onTrainEnd: (result) => void ends.push(result),
      };
      const result = await train({ ...options, callbacks: [callback], signal: controller.signal });
      expect(result).toEqual({ step: 4, epochs: 1, interrupted: true });
      expect(ends).toEqual([result]);
      options.dispose();
    });
  });

  test('a signal from outside is heard while the steps run', async () => {
    const options = setUp(Array.from({ length: 5000 }, () => 1));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30);
    const result = await train({ ...options, epochs: 1000, signal: controller.signal });
    clearTimeout(timer);
    expect(result.interrupted).toBe(true);
    options.dispose();
  });

  test('an error of the model closes the callbacks, leaves no tensor and is thrown', async () => {
    await expectNoLeak(async () => {
      const options = setUp([1, 2, 3]);
      const ends: unknown[] = [];
      const failure = new Error('no more');
      let calls = 0;
      const promise = train({
        ...options,
        evaluate: (batch) => {
          calls += 1;
          if (calls === 2) throw failure;
          return options.evaluate(batch);
        },
        callbacks: [{ onTrainEnd: (result) => void ends.push(result) }],
      });
      await expect(promise).rejects.toBe(failure);
      expect(ends).toEqual([{ step: 1, epochs: 0, interrupted: false, error: failure }]);
      options.dispose();
    });
  });

  test('errors of several callbacks at the end are all thrown, and every callback is closed', async () => {
    const options = setUp([1]);
    const fail = (message: string): Callback => ({
      onTrainEnd: () => {
        throw new Error(message);
      },
    });
    const promise = train({ ...options, callbacks: [fail('first'), fail('second')] });
    await expect(promise).rejects.toThrow(AggregateError);
    await expect(train({ ...options, callbacks: [fail('only')] })).rejects.toThrow('only');
    options.dispose();
  });

  test('calls the hooks in order, waits for each, and says how many batches there are', async () => {
    const options = setUp([1, 2], [3]);
    const calls: unknown[] = [];
    const later = async (call: unknown) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      calls.push(call);
    };
    const callback: Callback = {
      onTrainBegin: (begin) => later(begin),
      onEpochBegin: (epoch) => later(`begin ${epoch}`),
      onBatch: ({ phase, batch }) => later(`${phase} ${batch}`),
      onEpochEnd: (epoch) => later(`end ${epoch}`),
      onTrainEnd: ({ step }) => later(`trained ${step}`),
    };
    await train({ ...options, epochs: 2, callbacks: [callback] });
    const epoch = (n: number) => [`begin ${n}`, 'train 1', 'train 2', 'test 1', `end ${n}`];
    const begin = { epochs: 2, trainBatches: 2, testBatches: 1 };
    expect(calls).toEqual([begin, ...epoch(1), ...epoch(2), 'trained 4']);
    options.dispose();
  });

  test.for(['before', 'onTrainBegin', 'onEpochBegin'] as const)(
    'a signal that is aborted %s trains no step',
    async (moment) => {
      await expectNoLeak(async () => {
        const controller = new AbortController();
        const options = setUp([1, 2]);
        const w = options.variables['w']!;
        if (moment === 'before') controller.abort();
        const callback = moment === 'before' ? {} : { [moment]: () => controller.abort() };
        const { signal } = controller;
        const result = await train({ ...options, callbacks: [callback], signal });
        expect(result).toEqual({ step: 0, epochs: 0, interrupted: true });
        expect(w.dataSync()[0]).toBe(0);
        options.dispose();
      });
    },
  );

  test('a signal with the last batch of an epoch leaves the epoch counted, one with the very last nothing open', async () => {
    for (const [last, interrupted] of [
      [2, true],
      [4, false],
    ] as const) {
      const controller = new AbortController();
      const options = setUp([1, 2]);
      const ended: number[] = [];
      const callback: Callback = {
        onBatch: ({ step }) => void (step === last && controller.abort()),
        onEpochEnd: (epoch) => void ended.push(epoch),
      };
      const { signal } = controller;
      const result = await train({ ...options, callbacks: [callback], signal });
      expect(result).toEqual({ step: last, epochs: last / 2, interrupted });
      expect(ended).toHaveLength(last / 2);
      options.dispose();
    }
  });

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
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    };
    await train({ ...options, trainBatches: slow, epochs: 1, callbacks: [callback] });
    for (const one of seconds) {
      expect(one).toBeGreaterThan(0.029);
      expect(one).toBeLessThan(0.1);
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
