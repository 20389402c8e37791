import {
  add,
  mul,
  profile,
  randomNormal,
  setBackend,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN, LSTMSequence, type RNNCell } from '@unroll/rnn-cells';

/** How a training step's numbers differ from those of composed steps on the cpu backend. */
export interface StepCheck {
  readonly fused: boolean;
  /** Both relative to values above 1. */
  readonly lossError: number;
  readonly gradientError: number;
}

/** Large enough for threads, with leftovers of 4 rows and of 8 columns. */
const [batch, time, inputSize, units] = [30, 6, 10, 26];

interface Numbers {
  readonly loss: number;
  readonly gradients: readonly number[];
}

/** Takes a step of a small LSTM on a backend, and once more composed. */
export async function checkStep(backend: string): Promise<StepCheck> {
  await setBackend('cpu');
  const cell = new BasicLSTMCell({ inputSize, units });
  for (const [i, weight] of cell.trainableVariables.entries()) {
    weight.assign(tidy(() => mul(noise(weight.shape, 40 + i), 0.25)));
  }
  const expected = takeStep(withoutRunner(cell));
  await setBackend(backend);
  let actual = expected;
  const { kernelNames } = await profile(() => {
    actual = takeStep(cell);
    return [];
  });
  const errors = actual.gradients.map((value, i) => errorOf(value, expected.gradients[i]!));
  cell.dispose();
  return {
    fused: kernelNames.includes(LSTMSequence),
    lossError: errorOf(actual.loss, expected.loss),
    gradientError: Math.max(...errors),
  };
}

function noise(shape: readonly number[], seed: number): Tensor {
  return randomNormal(shape as [number], 0, 0.7, 'float32', seed);
}

type LSTM = RNNCell<{ readonly c: Tensor; readonly h: Tensor }>;

/** The same cell without its runner, so that it is composed. */
function withoutRunner(cell: BasicLSTMCell): LSTM {
  const { stateSize, trainableVariables } = cell;
  return {
    inputSize,
    outputSize: units,
    stateSize,
    trainableVariables,
    zeroState: (rows) => cell.zeroState(rows),
    call: (input, state) => cell.call(input, state as ReturnType<typeof cell.zeroState>),
    dispose() {},
  };
}

function takeStep(cell: LSTM): Numbers {
  const gradients: number[] = [];
  let loss = 0;
  tidy(() => {
    const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
    const { value, grads } = variableGrads(() => {
      const { outputs, finalState } = dynamicRNN(cell, inputs);
      const { c, h } = finalState;
      const parts = [outputs, c, h].map((one, i) => sum(mul(one, noise(one.shape, 20 + i))));
      return parts.reduce((a, b) => add(a, b)) as ReturnType<typeof sum> & { rankType: 'R0' };
    }, [...cell.trainableVariables]);
    loss = value.dataSync()[0]!;
    for (const { name } of cell.trainableVariables) gradients.push(...grads[name]!.dataSync());
  });
  return { loss, gradients };
}

function errorOf(actual: number, expected: number): number {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  // Not a number in JSON either.
  return Number.isNaN(error) ? 1e9 : error;
}
