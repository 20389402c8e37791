import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { type BatchResult, type Callback, train } from '../src/index.js';
import { setUp } from './set-up-training.js';

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
});
