import {
  BasicLSTMCell,
  BasicRNNCell,
  glorotUniform,
  GRUCell,
  MultiRNNCell,
  type RNNCell,
} from '@unroll/rnn-cells';

/** Large enough for threads. */
export const batch = 64;
export const time = 6;
export const inputSize = 10;
export const classes = 20;

export const kernelInitializer = glorotUniform({ seed: 'kernel' });

/** Stacks of all kinds of cells that have kernels, one with the same cell twice. */
export const networks: readonly (() => RNNCell<unknown>)[] = [
  () =>
    new MultiRNNCell([
      new BasicRNNCell({ inputSize, units: 31, kernelInitializer }),
      new GRUCell({ inputSize: 31, units: 22, kernelInitializer, resetAfter: true }),
    ]),
  () =>
    new MultiRNNCell([
      new GRUCell({ inputSize, units: 26, kernelInitializer }),
      new BasicLSTMCell({ inputSize: 26, units: 24, kernelInitializer }),
    ]),
  () => {
    const twice = new GRUCell({ inputSize, units: inputSize, kernelInitializer });
    return new MultiRNNCell([twice, twice]);
  },
] as readonly (() => RNNCell<unknown>)[];
