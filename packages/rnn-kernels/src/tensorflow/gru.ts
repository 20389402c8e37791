import { GRUSequence } from '@unroll/rnn-cells';
import { type Cell, flat } from './cell.js';
import type { Handle } from './native-backend.js';

/** TensorFlow's `GRUBlockCell` and its gradient, one op a step each. */
export const gru: Cell = {
  kernelName: GRUSequence,
  weights: ['gatesKernel', 'gatesBias', 'candidateKernel', 'candidateBias'],
  states: ['State'],
  walk({ ops, x, weights, initial }) {
    const { gatesKernel, gatesBias, candidateKernel, candidateBias } = weights as Record<
      string,
      Handle
    >;
    const parameters = [gatesKernel!, candidateKernel!, gatesBias!, candidateBias!];
    const [, , inputSize] = x.shape as [number, number, number];
    const h0 = initial[0]!;
    const xs = ops.unpack(x);
    let h = h0;
    const steps = xs.map((input) => {
      const results = ops.runMany('GRUBlockCell', [input, h, ...parameters], 4);
      h = results[3]!;
      return results;
    });
    return {
      states: [steps.map(([, , , state]) => state!)],
      back(at, step, [dh]) {
        const [r, u, c] = steps[step] as [Handle, Handle, Handle, Handle];
        const previous = steps[step - 1]?.[3] ?? h0;
        const [, dPrevious, ofCandidate, ofGates] = at.runMany(
          'GRUBlockCellGrad',
          [xs[step]!, previous, ...parameters, r, u, c, dh!],
          4,
        ) as [Handle, Handle, Handle, Handle];
        return { states: [dPrevious], sums: [ofGates, ofCandidate] };
      },
      weightGradients({ ops: at, before, sums }) {
        const [ofGates, ofCandidate] = sums as [Handle, Handle];
        const inputs = flat(at, x);
        const r = at.concat(
          steps.map(([gate]) => gate!),
          0,
        );
        const [rows, resetRows] = [before, at.mul(r, before)].map((state) =>
          at.concat([inputs, state], 1),
        ) as [Handle, Handle];
        return [
          at.transposedTimes(rows, ofGates),
          at.sumOfRows(ofGates),
          at.transposedTimes(resetRows, ofCandidate),
          at.sumOfRows(ofCandidate),
        ];
      },
      inputGradient({ ops: at, sums }) {
        const units = h0.shape[1]!;
        const parts = [gatesKernel!, candidateKernel!].map((kernel, i) => {
          const [ofInput] = at.splitRows(kernel, [inputSize, units]);
          return at.timesTransposed(sums[i]!, ofInput!);
        });
        return at.add(parts[0]!, parts[1]!);
      },
    };
  },
};
