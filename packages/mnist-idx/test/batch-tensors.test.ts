import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tidy } from '@tensorflow/tfjs-core';
import { DataSet, type DataSetState } from '@unroll/mnist-idx/data-sets';
import {
  batchTensors,
  type BatchTensors,
  nextTensors,
  tensorStream,
  toTensors,
} from '@unroll/mnist-idx/tensors';
import { expectNoLeak } from '@unroll/testing';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { floatTensor } from '../src/tensors/float-tensor.js';
import { rejectionOf } from './errors.js';
import { images, labels } from './tiny-mnist.js';

const split = { images: images(11, 4, 5), labels: labels(11) };

function dataSetOf(seed = 1): DataSet {
  return new DataSet(split, { seed });
}

/** The numbers of a batch, whose tensors are disposed. */
function taken({ images: pixels, labels: digits }: BatchTensors): object {
  const values = {
    dtypes: [pixels.dtype, digits.dtype],
    shapes: [pixels.shape, digits.shape],
    images: [...pixels.dataSync()],
    labels: [...digits.dataSync()],
  };
  pixels.dispose();
  digits.dispose();
  return values;
}

/** Until what was put off has run. */
function turn(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, 5);
  });
}

describe.each(['cpu', 'wasm'])('on the %s backend', (name) => {
  beforeAll(async () => {
    const wasm = new URL(
      '.',
      import.meta.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'),
    );
    setWasmPaths(fileURLToPath(wasm));
    await setBackend(name);
    await ready();
  });

  describe('nextTensors and batchTensors', () => {
    test('are toTensors of the batch, bit for bit', () => {
      for (const options of [
        {},
        { oneHot: true },
        { reshape: false },
        { oneHot: true, reshape: false },
      ]) {
        const one = new DataSet<'float32', boolean>(split, { ...options, seed: 2 });
        const two = new DataSet<'float32', boolean>(split, { ...options, seed: 2 });
        for (let i = 0; i < 5; i++) {
          expect(taken(nextTensors(one, 4))).toEqual(taken(toTensors(two.nextBatch(4))));
        }
        expect(taken(batchTensors(one, 3, 8))).toEqual(taken(toTensors(two.batch(3, 8))));
        expect(taken(batchTensors(one, 3, 3))).toEqual(taken(toTensors(two.batch(3, 3))));
        expect(one.state()).toEqual(two.state());
      }
    });

    test('take the order of the file where asked', () => {
      const first = taken(batchTensors(dataSetOf(), 0, 3));
      expect(taken(nextTensors(dataSetOf(), 3, { shuffle: false }))).toEqual(first);
      expect(first).toMatchObject({ labels: [9, 8, 7] });
    });

    test('make two tensors, which the caller or a tidy owns', async () => {
      const dataSet = dataSetOf();
      await expectNoLeak(() => {
        const before = memory().numTensors;
        const tensors = nextTensors(dataSet, 4);
        expect(memory().numTensors - before).toBe(2);
        taken(tensors);
        taken(batchTensors(dataSet, 0, 4));
      });
      await expectNoLeak(() => {
        tidy(() => {
          nextTensors(dataSet, 4);
          batchTensors(dataSet, 0, 4);
        });
      });
    });

    test('refuse what the data set refuses, and leave no tensor', async () => {
      const dataSet = dataSetOf();
      const before = dataSet.state();
      await expectNoLeak(() => {
        for (const size of [0, -1, 12, 1.5, Number.NaN]) {
          expect(() => nextTensors(dataSet, size)).toThrow(
            /^DataSet.nextBatch: batchSize: expected/,
          );
        }
        for (const [start, end] of [
          [-1, 2],
          [3, 2],
          [0, 12],
          [0.5, 1.5],
          [0, Number.NaN],
        ] as const) {
          expect(() => batchTensors(dataSet, start, end)).toThrow(
            /^DataSet.batch: start, end: expected/,
          );
        }
      });
      expect(dataSet.state()).toEqual(before);
    });

    test('are of their own memory', () => {
      const dataSet = dataSetOf();
      const first = nextTensors(dataSet, 4);
      const values = [...first.images.dataSync()];
      for (let i = 0; i < 5; i++) taken(nextTensors(dataSet, 4));
      expect([...first.images.dataSync()]).toEqual(values);
      taken(first);
    });
  });

  test('a tensor is filled where it is, if the backend has a heap', () => {
    tidy(() => {
      const float = floatTensor([2, 2]);
      expect(float === undefined).toBe(name === 'cpu');
      float?.memory.set([1, 2, 3, 4]);
      expect(float?.tensor.arraySync()).toEqual(
        name === 'cpu'
          ? undefined
          : [
              [1, 2],
              [3, 4],
            ],
      );
    });
  });

  describe('tensorStream', () => {
    test('gives the batches of nextBatch, whatever is made ahead', async () => {
      for (const prefetch of [0, 1, 3]) {
        const alone = dataSetOf();
        await expectNoLeak(async () => {
          let count = 0;
          const stream = tensorStream(dataSetOf(), { batchSize: 4, batches: 9, prefetch });
          const plain = alone.state();
          for await (const tensors of stream) {
            expect(taken(tensors)).toEqual(taken(toTensors(alone.nextBatch(4))));
            expect(stream.state()).toEqual(alone.state());
            count += 1;
            if (count % 2 === 0) await turn();
          }
          expect(count).toBe(9);
          alone.restore(plain);
        });
      }
    });

    test('makes ahead as many as asked, while the walk waits', async () => {
      const before = memory().numTensors;
      const there = () => (memory().numTensors - before) / 2;
      const stream = tensorStream(dataSetOf(), { batchSize: 4, batches: 4, prefetch: 2 });
      for (const [already, ahead] of [
        [0, 2],
        [2, 2],
        [2, 1],
        [1, 0],
      ]) {
        await turn();
        expect(there()).toBe(already);
        taken((await stream.next()).value!);
        await vi.waitFor(() => expect(there()).toBe(ahead), 4000);
      }
      expect(await stream.next()).toEqual({ done: true, value: undefined });
    });

    test('disposes what was not taken, and leaves the data set where the walk left it', async () => {
      const dataSet = dataSetOf();
      const alone = dataSetOf();
      await expectNoLeak(async () => {
        let count = 0;
        for await (const tensors of tensorStream(dataSet, { batchSize: 4, prefetch: 4 })) {
          taken(tensors);
          taken(toTensors(alone.nextBatch(4)));
          await turn();
          count += 1;
          if (count === 2) break;
        }
      });
      expect(dataSet.state()).toEqual(alone.state());
      expect(dataSet.nextBatch(11)).toEqual(alone.nextBatch(11));
    });

    test('goes on from a saved state with the batches that were not taken', async () => {
      const stream = tensorStream(dataSetOf(), { batchSize: 4, prefetch: 2 });
      const all: object[] = [];
      let saved: DataSetState | undefined;
      for await (const tensors of stream) {
        all.push(taken(tensors));
        if (all.length === 4) saved = JSON.parse(JSON.stringify(stream.state())) as DataSetState;
        if (all.length === 8) break;
        await turn();
      }
      const resumed = dataSetOf(99);
      resumed.restore(saved!);
      const rest: object[] = [];
      for await (const tensors of tensorStream(resumed, { batchSize: 4, batches: 4 })) {
        rest.push(taken(tensors));
      }
      expect(rest).toEqual(all.slice(4));
    });

    test('hands on an error of what was made ahead, after the batches before it', async () => {
      const dataSet = dataSetOf();
      const stream = tensorStream(dataSet, { batchSize: 4, prefetch: 1 });
      const failure = new Error('the GPU went away');
      taken((await stream.next()).value!);
      dataSet.nextBatch = () => {
        throw failure;
      };
      await turn();
      expect(await rejectionOf(stream.next())).toBe(failure);
      expect(await stream.next()).toEqual({ done: true, value: undefined });
    });

    test('refuses at the call what is none', () => {
      const dataSet = dataSetOf();
      expect(() => tensorStream(dataSet, { batchSize: 12 })).toThrow(RangeError);
      for (const got of [-1, 0.5, Number.NaN]) {
        expect(() => tensorStream(dataSet, { batchSize: 4, batches: got })).toThrow(
          new RangeError(`tensorStream: batches: expected an integer from 0, got ${got}`),
        );
        expect(() => tensorStream(dataSet, { batchSize: 4, prefetch: got })).toThrow(
          new RangeError(`tensorStream: prefetch: expected an integer from 0, got ${got}`),
        );
      }
    });
  });
});
