import { LSTMSequence } from '@unroll/rnn-cells';
import { type Cell, flat } from './cell.js';
import type { Handle } from './native-backend.js';

/**
 * TensorFlow's `BlockLSTM` forward, whose gates (i, c, f, o in its words) are in the order of i, j, f, o.
 * Its own gradient takes twice as long as the one here, which leaves products to `MatMul`.
 */
export const lstm: Cell = {
  kernelName: LSTMSequence,
  weights: ['kernel', 'bias'],
  states: ['C', 'H'],
  walk({ ops, x, weights, initial, attrs }) {
    const { kernel, bias } = weights as Record<'bias' | 'kernel', Handle>;
    const [c0, h0] = initial as [Handle, Handle];
    const [time, batch, inputSize] = x.shape as [number, number, number];
    const units = h0.shape[1]!;
    const noPeepholes = ops.zeros([units]);
    const peepholes = [noPeepholes, noPeepholes, noPeepholes];
    const gates = ops.runMany(
      'BlockLSTM',
      [ops.longScalar(time), x, c0, h0, kernel, ...peepholes, bias],
      7,
      [
        ops.real('forget_bias', attrs['forgetBias'] as number),
        // Its default clips at 3; below 0 means never.
        ops.real('cell_clip', -1),
        ops.flag('use_peephole', false),
      ],
    );
    const [i, c, f, o, j, tanhC, h] = gates.map((gate) => ops.unpack(gate)) as [
      Handle[],
      Handle[],
      Handle[],
      Handle[],
      Handle[],
      Handle[],
      Handle[],
    ];
    const [ofInput, ofState] = ops.splitRows(kernel, [inputSize, units]) as [Handle, Handle];
    // The op looks at nothing but the shape of it.
    const firstX = ops.zeros([batch, inputSize]);
    return {
      states: [c, h],
      back(at, step, [dc, dh]) {
        const [dPrevious, sum] = at.runMany(
          'LSTMBlockCellGrad',
          [
            firstX,
            c[step - 1] ?? c0,
            h0,
            kernel,
            ...peepholes,
            bias,
            ...[i, c, f, o, j, tanhC].map((gate) => gate[step]!),
            dc!,
            dh!,
          ],
          5,
          [at.flag('use_peephole', false)],
        ) as [Handle, Handle];
        const byH = at.timesTransposed(sum, ofState);
        return { states: [dPrevious, byH], sums: [sum] };
      },
      weightGradients({ ops: at, before, sums: [sums] }) {
        const rows = at.concat([flat(at, x), before], 1);
        return [at.transposedTimes(rows, sums!), at.sumOfRows(sums!)];
      },
      inputGradient: ({ ops: at, sums: [sums] }) => at.timesTransposed(sums!, ofInput),
    };
  },
};
