import {
  add,
  dispose,
  grads,
  mul,
  randomNormal,
  setBackend,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  getWeights,
  GRUCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose, leaves, type Numbers, readNumbers } from '@unroll/testing';

interface CellSizes {
  readonly inputSize: number;
  readonly units: number;
}

type MakeCell = (sizes: CellSizes) => RNNCell<unknown>;

/** A cell for every sequence kernel. */
export const cells = {
  'BasicRNNCell, tanh': (sizes) => new BasicRNNCell(sizes) as RNNCell<unknown>,
  'BasicRNNCell, relu': (sizes) =>
    new BasicRNNCell({ ...sizes, activation: 'relu' }) as RNNCell<unknown>,
  BasicLSTMCell: (sizes) => new BasicLSTMCell({ ...sizes, forgetBias: 0.5 }) as RNNCell<unknown>,
  GRUCell: (sizes) => new GRUCell(sizes) as RNNCell<unknown>,
  'GRUCell, reset after': (sizes) =>
    new GRUCell({ ...sizes, resetAfter: true }) as RNNCell<unknown>,
} as const satisfies Readonly<Record<string, MakeCell>>;

export interface ParityCase extends CellSizes {
  readonly batch: number;
  readonly time: number;
  readonly timeMajor?: boolean;
  readonly lengths?: readonly number[];
}

interface Run {
  readonly results: Numbers[];
  /** Of everything by everything, then of the final states alone by the weights alone. */
  readonly gradients: Numbers[];
}

/** Asserts that a cell on webgpu gives what it gives composed on cpu, in both directions. */
export async function expectParity(make: MakeCell, parityCase: ParityCase): Promise<void> {
  const expected = await run('cpu', make, parityCase);
  const actual = await run('webgpu', make, parityCase);
  for (const [i, result] of actual.results.entries()) {
    expectClose(result, expected.results[i]!, 1e-5, `result ${i}`);
  }
  for (const [i, gradient] of actual.gradients.entries()) {
    expectClose(gradient, expected.gradients[i]!, 1e-4, `gradient ${i}`);
  }
}

async function run(backend: string, make: MakeCell, parityCase: ParityCase): Promise<Run> {
  await setBackend(backend);
  const both = [make(parityCase), make(parityCase)] as const;
  const { results, gradients } = tidy(() => compute(both, parityCase));
  const numbers = {
    results: await Promise.all(results.map(readNumbers)),
    gradients: await Promise.all(gradients.map(readNumbers)),
  };
  dispose([...results, ...gradients]);
  for (const cell of both) cell.dispose();
  return numbers;
}

function compute(
  both: readonly [RNNCell<unknown>, RNNCell<unknown>],
  { batch, time, inputSize, units, timeMajor = false, lengths }: ParityCase,
): { results: Tensor[]; gradients: Tensor[] } {
  const noise = seededNoise();
  const weights = both.flatMap((cell) => Object.values(getWeights(cell)));
  const deviation = 0.7 / Math.sqrt(units);
  for (const weight of weights) (weight as Variable).assign(noise(weight.shape, deviation));
  const inputs = noise(timeMajor ? [time, batch, inputSize] : [batch, time, inputSize]) as Tensor3D;
  const states = both.map((cell) => noisyState(cell.zeroState(batch), noise));
  const results = (): [outputs: Tensor[], finals: Tensor[]] => {
    const { outputs, finalState } = bidirectionalDynamicRNN(...both, inputs, {
      timeMajor,
      initialStateFw: states[0],
      initialStateBw: states[1],
      ...(lengths === undefined ? {} : { sequenceLength: lengths }),
    });
    return [outputs, leaves<Tensor>(finalState)];
  };
  const upstream = (shape: readonly number[], i: number): Tensor =>
    randomNormal([...shape] as [number], 0, 1, 'float32', 1000 + i);
  const loss = (tensors: readonly Tensor[]): Tensor =>
    tensors
      .map((tensor, i) => sum(mul(tensor, upstream(tensor.shape, i))))
      .reduce((a, b) => add(a, b));
  const [outputs, finals] = results();
  const everything = [inputs, ...states.flatMap((state) => leaves<Tensor>(state)), ...weights];
  return {
    results: [...outputs, ...finals],
    gradients: [
      ...grads(() => loss(results().flat()))(everything),
      ...grads(() => loss(results()[1]))(weights),
    ],
  };
}

type Noise = (shape: readonly number[], deviation?: number) => Tensor;

function seededNoise(): Noise {
  let seed = 0;
  return (shape, deviation = 1) => {
    seed += 1;
    return randomNormal([...shape] as [number], 0, deviation, 'float32', seed);
  };
}

/** Noise in the structure of a state. */
function noisyState(zero: unknown, noise: Noise): unknown {
  const [first] = leaves<Tensor>(zero);
  if (zero === first) return noise(first!.shape);
  return Object.fromEntries(
    Object.entries(zero as object).map(([name, part]) => [name, noisyState(part, noise)]),
  );
}
