import '@tensorflow/tfjs-backend-cpu';
import {
  argMax,
  cast,
  concat,
  engine,
  setBackend,
  type Tensor,
  tensor1d,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { accuracy } from '@unroll/trainer';
import { beforeAll, expect, test } from 'vitest';
import '../src/wasm.js';
import { wasmHost } from '../src/wasm-host.js';
import { noise } from './cell-results.js';

/** TensorFlow.js's heap, which is another buffer each time that it grows. */
interface Heap {
  readonly HEAPU8: Uint8Array;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

let heap: Heap;

beforeAll(async () => {
  await setBackend('wasm');
  heap = (engine().backend as unknown as { readonly wasm: Heap }).wasm;
});

/** Calls with so many bytes of the heap free, and few more: whatever takes those lets it grow. */
function withFullHeap<Result>(free: number, call: () => Result): Result {
  const { _malloc: take, _free: give } = heap;
  const taken: number[] = [];
  const size = heap.HEAPU8.byteLength;
  const bytes = 4096;
  let address = 0;
  while (address + 3 * bytes + free < size) taken.push((address = take(bytes)));
  try {
    expect(heap.HEAPU8.byteLength).toBe(size);
    return call();
  } finally {
    for (const block of taken) give(block);
  }
}

const [batch, time, units] = [64, 16, 32];

/** Outputs of a sequence, which wait. */
function lateOutputs(seed: number): Tensor3D {
  const cell = new BasicRNNCell({ inputSize: 5, units });
  for (const weight of cell.trainableVariables) weight.assign(noise(weight.shape, seed));
  const { outputs } = dynamicRNN(cell, noise([batch, time, 5], seed) as Tensor3D);
  cell.dispose();
  return outputs;
}

const bytes = 4 * batch * time * units;

interface Look {
  /** Bytes of what it makes of three tensors before it looks. */
  readonly result: number;
  readonly call: (tensors: readonly Tensor3D[]) => ArrayLike<number>;
}

const looks: Readonly<Record<string, Look>> = {
  'a kernel of ours': {
    result: 0,
    call: ([first]) => wasmHost(engine().backend).floats(first!).slice(),
  },
  cast: { result: bytes, call: ([first]) => cast(first!, 'int32').dataSync() },
  concat: { result: 3 * bytes, call: (all) => concat([...all], 2).dataSync() },
};

test.each(Object.keys(looks))('what %s sees is right when the heap has no room left', (name) => {
  const { result, call } = looks[name]!;
  const numbers = (look: boolean): ArrayLike<number> =>
    tidy(() => {
      const tensors = [lateOutputs(1), lateOutputs(2), lateOutputs(3)];
      if (look) for (const tensor of tensors) tensor.dataSync();
      return withFullHeap(result, () => call(tensors)) as unknown as Tensor;
    }) as unknown as ArrayLike<number>;
  expect(numbers(false)).toEqual(numbers(true));
});

test('the accuracy is right of logits that come from another backend', async () => {
  const [rows, classes] = [1024, 20];
  await setBackend('cpu');
  const logits = noise([rows, classes], 1) as Tensor2D;
  const best = tidy(() => Array.from(argMax(logits, 1).dataSync()));
  await setBackend('wasm');
  const labels = tensor1d(best, 'int32');
  const share = withFullHeap(0, () => accuracy(labels, logits));
  expect([...share.dataSync()]).toEqual([1]);
  for (const tensor of [logits, labels, share]) tensor.dispose();
});
