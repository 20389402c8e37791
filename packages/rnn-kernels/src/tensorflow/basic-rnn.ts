import { type ActivationName, BasicRNNSequence } from '@unroll/rnn-cells';
import { type Cell, flat } from './cell.js';
import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';

interface Activation {
  apply(ops: Ops, x: Handle): Handle;
  /** The gradient by `x`, from what came of it and the gradient by that. */
  back(ops: Ops, y: Handle, dy: Handle): Handle;
}

const activations: Readonly<Record<ActivationName, Activation>> = {
  linear: { apply: (_, x) => x, back: (_, __, dy) => dy },
  relu: {
    apply: (ops, x) => ops.run('Relu', [x]),
    back: (ops, y, dy) => ops.run('ReluGrad', [dy, y]),
  },
  sigmoid: {
    apply: (ops, x) => ops.run('Sigmoid', [x]),
    back: (ops, y, dy) => ops.run('SigmoidGrad', [y, dy]),
  },
  tanh: {
    apply: (ops, x) => ops.run('Tanh', [x]),
    back: (ops, y, dy) => ops.run('TanhGrad', [y, dy]),
  },
};

/** The inputs of all steps are one product; a step is another, a sum and its activation. */
export const basicRNN: Cell = {
  kernelName: BasicRNNSequence,
  weights: ['kernel', 'bias'],
  states: ['State'],
  walk({ ops, x, weights, initial, attrs }) {
    const { kernel, bias } = weights as Record<'bias' | 'kernel', Handle>;
    const activation = activations[attrs['activation'] as ActivationName];
    const [time, , inputSize] = x.shape as [number, number, number];
    const [ofInput, ofState] = ops.splitRows(kernel, [inputSize, kernel.shape[1]!]) as [
      Handle,
      Handle,
    ];
    const inputs = flat(ops, x);
    const shares = ops.split(ops.addBias(ops.matMul(inputs, ofInput), bias), time);
    let h = initial[0]!;
    const states = shares.map((share) => {
      h = ops.tidy(() => activation.apply(ops, ops.add(ops.matMul(h, ofState), share)));
      return h;
    });
    return {
      states: [states],
      back(at, step, [dh]) {
        const sum = activation.back(at, states[step]!, dh!);
        return { states: [at.timesTransposed(sum, ofState)], sums: [sum] };
      },
      weightGradients({ ops: at, before, sums: [sums] }) {
        const rows = at.concat([inputs, before], 1);
        return [at.transposedTimes(rows, sums!), at.sumOfRows(sums!)];
      },
      inputGradient: ({ ops: at, sums: [sums] }) => at.timesTransposed(sums!, ofInput),
    };
  },
};
