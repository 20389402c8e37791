import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  grads,
  mul,
  profile,
  setBackend,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  dynamicRNN,
  GRUCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose, type Numbers } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import '../src/tensorflow.js';
import { everything, noise, noisyState, noisySum, statesOf } from './cell-results.js';
import { describeOnTensorFlow } from './tensorflow-addon.js';

type MakeCell = (inputSize: number, units: number) => RNNCell<unknown>;

const cells: Readonly<Record<string, MakeCell>> = {
  BasicRNN: (inputSize, units) => new BasicRNNCell({ inputSize, units }) as RNNCell<unknown>,
  'BasicRNN, relu': (inputSize, units) =>
    new BasicRNNCell({ inputSize, units, activation: 'relu' }) as RNNCell<unknown>,
  LSTM: (inputSize, units) =>
    new BasicLSTMCell({ inputSize, units, forgetBias: 0.5 }) as RNNCell<unknown>,
  GRU: (inputSize, units) => new GRUCell({ inputSize, units }) as RNNCell<unknown>,
  ResetAfterGRU: (inputSize, units) =>
    new GRUCell({ inputSize, units, resetAfter: true }) as RNNCell<unknown>,
};

/** Batch, time, inputs, units. */
const sizes = [
  [1, 1, 1, 1],
  [2, 9, 5, 3],
  [13, 6, 28, 31],
  [37, 7, 17, 40],
] as const;

const cases = Object.entries(cells).flatMap(([kind, make]) =>
  sizes.flatMap((size) => [false, true].map((padded) => ({ kind, make, size, padded }))),
);

/** Lengths from 0 to `time`, in no order. */
function lengthsOf(batch: number, time: number): number[] {
  return Array.from({ length: batch }, (_, row) => (row * 7 + 3) % (time + 1));
}

function fill(cell: RNNCell<unknown>, seed: number): void {
  for (const [i, weight] of cell.trainableVariables.entries()) {
    weight.assign(mul(noise(weight.shape, seed + i), 0.25));
  }
}

/** Runs the same on the cpu, composed, and on TensorFlow, by the kernel; expects the same. */
async function expectSame(
  run: (cells: readonly [RNNCell<unknown>, RNNCell<unknown>]) => Tensor[],
  {
    make,
    kind,
    size: [, , inputSize, units],
    results,
  }: {
    readonly make: MakeCell;
    readonly kind: string;
    readonly size: (typeof sizes)[number];
    readonly results: number;
  },
): Promise<void> {
  const numbers: Numbers[][] = [];
  for (const backend of ['cpu', 'tensorflow']) {
    await setBackend(backend);
    const pair = [make(inputSize, units), make(inputSize, units)] as const;
    tidy(() => {
      for (const [i, cell] of pair.entries()) fill(cell, 40 + 10 * i);
    });
    const { kernelNames } = await profile(() =>
      tidy(() => {
        const tensors = run(pair);
        numbers.push(tensors.map((one) => ({ shape: one.shape, values: one.dataSync() })));
        return [];
      }),
    );
    const kernelName = `${kind.split(',')[0]}Sequence`;
    expect(kernelNames.includes(kernelName)).toBe(backend === 'tensorflow');
    expect(kernelNames.includes(`${kernelName}Grad`)).toBe(backend === 'tensorflow');
    for (const cell of pair) cell.dispose();
  }
  const [expected, actual] = numbers as [Numbers[], Numbers[]];
  for (const [i, { shape, values }] of actual.entries()) {
    tidy(() => {
      const tensor = engine().makeTensor(values as Float32Array, [...shape], 'float32');
      expectClose(tensor, expected[i]!, i < results ? 1e-5 : 1e-4, `result ${i}`);
    });
  }
}

describeOnTensorFlow('a kernel of tensorflow', () => {
  describe('gives what composed steps give on the cpu', () => {
    test.for(cases)('forwards: $kind $size padded: $padded', async ({ padded, ...one }) => {
      const [batch, time, inputSize] = one.size;
      const lengths = padded ? lengthsOf(batch, time) : undefined;
      const results = one.kind === 'LSTM' ? 3 : 2;
      await expectSame(
        ([cell]) => everything(cell, noise([batch, time, inputSize], 1) as Tensor3D, lengths),
        { ...one, results },
      );
    });

    test.for(cases)('both ways, time-major: $kind $size padded: $padded', async (given) => {
      const { padded, ...one } = given;
      const [batch, time, inputSize] = one.size;
      const lengths = padded ? { sequenceLength: lengthsOf(batch, time) } : {};
      await expectSame(
        ([fw, bw]) => {
          const inputs = noise([time, batch, inputSize], 1) as Tensor3D;
          const [initialStateFw, initialStateBw] = [fw, bw].map((cell) => noisyState(cell, batch));
          const options = { initialStateFw, initialStateBw, timeMajor: true, ...lengths };
          const run = (): Tensor[] => {
            const { outputs, finalState } = bidirectionalDynamicRNN(fw, bw, inputs, options);
            return [...outputs, ...finalState.flatMap(statesOf)];
          };
          const by = [
            inputs,
            ...statesOf(initialStateFw),
            ...statesOf(initialStateBw),
            ...fw.trainableVariables,
            ...bw.trainableVariables,
          ];
          return [...run(), ...grads(() => noisySum(run()))(by)];
        },
        { ...one, results: one.kind === 'LSTM' ? 6 : 4 },
      );
    });

    test.for(Object.entries(cells))(
      'where nothing but %s’s last state is used',
      async ([kind, make]) => {
        const size = sizes[2];
        const [batch, time, inputSize] = size;
        await expectSame(
          ([cell]) => {
            const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
            const options = { sequenceLength: lengthsOf(batch, time) };
            const [first] = cell.trainableVariables;
            return [false, true].flatMap((padded) => {
              const last = (): Tensor =>
                statesOf(dynamicRNN(cell, inputs, padded ? options : {}).finalState)[0]!;
              return [last(), ...grads(() => noisySum([last()]))([first as Tensor])];
            });
          },
          { kind, make, size, results: 1 },
        );
      },
    );
  });

  test('drops what a row that has ended would grow to', () => {
    const cell = new BasicRNNCell({ inputSize: 2, units: 3, activation: 'linear' });
    tidy(() => {
      cell.kernel.assign(mul(noise([5, 3], 1), 1e4) as typeof cell.kernel);
      const inputs = noise([2, 40, 2], 2) as Tensor3D;
      const options = { sequenceLength: [2, 1] };
      const by = [inputs, cell.kernel, cell.bias] as Tensor[];
      const run = (): Tensor[] => Object.values<Tensor>({ ...dynamicRNN(cell, inputs, options) });
      for (const result of [...run(), ...grads(() => noisySum(run()))(by)]) {
        expect([...result.dataSync()].every(Number.isFinite)).toBe(true);
      }
    });
    cell.dispose();
  });

  test('takes a length outside of the sequence for the nearer end', () => {
    const cell = new GRUCell({ inputSize: 2, units: 3 });
    tidy(() => {
      const inputs = noise([3, 4, 2], 2) as Tensor3D;
      const run = (lengths: number[]) => {
        // As a tensor: numbers would be refused.
        const sequenceLength = engine().makeTensor(Int32Array.from(lengths), [3], 'int32');
        return dynamicRNN(cell, inputs, { sequenceLength: sequenceLength as never }).finalState;
      };
      const expected = run([4, 0, 2]);
      expectClose(run([9, -1, 2]), { shape: [3, 3], values: expected.dataSync() }, 0);
    });
    cell.dispose();
  });
});
