import {
  add,
  grads,
  mul,
  randomNormal,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { dynamicRNN, type RNNCell } from '@unroll/rnn-cells';

export function noise(shape: number[], seed: number): Tensor {
  return randomNormal(shape as [number], 0, 0.7, 'float32', seed);
}

/** The tensors of a state. */
export function statesOf(state: unknown): Tensor[] {
  return state instanceof Object && 'dataId' in state
    ? [state as Tensor]
    : Object.values(state as object);
}

/** The same cell without its runner, so that it is composed. */
export function composed<State>(cell: RNNCell<State>): RNNCell<State> {
  const { inputSize, outputSize, stateSize, trainableVariables } = cell;
  return {
    inputSize,
    outputSize,
    stateSize,
    trainableVariables,
    zeroState: (batch) => cell.zeroState(batch),
    call: (input, state) => cell.call(input, state),
    dispose: () => {},
  };
}

/** A state of noise, as the cell wants it. */
export function noisyState({ stateSize, outputSize }: RNNCell<unknown>, batch: number): unknown {
  return 'c' in Object(stateSize)
    ? { c: noise([batch, outputSize], 5), h: noise([batch, outputSize], 6) }
    : (noise([batch, outputSize], 6) as Tensor2D);
}

/** A sum of all tensors, weighted by noise that depends on their place alone. */
export function noisySum(tensors: readonly Tensor[]): Tensor {
  return tensors
    .map((one, i) => sum(mul(one, noise(one.shape, 20 + i))))
    .reduce((a, b) => add(a, b));
}

/** Outputs, states, and the gradients by data, initial state and weights. */
export function everything(
  cell: RNNCell<unknown>,
  inputs: Tensor3D,
  lengths?: readonly number[],
): Tensor[] {
  const initialState = noisyState(cell, inputs.shape[0]);
  const options = { initialState, ...(lengths === undefined ? {} : { sequenceLength: lengths }) };
  const run = (): Tensor[] => {
    const { outputs, finalState } = dynamicRNN(cell, inputs, options);
    return [outputs, ...statesOf(finalState)];
  };
  const by = [inputs, ...statesOf(initialState), ...cell.trainableVariables];
  return [...run(), ...grads(() => noisySum(run()))(by as Tensor[])];
}
