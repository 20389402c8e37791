import {
  clone,
  equal,
  expandDims,
  greater,
  range,
  slice,
  squeeze,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { BasicLSTMCell } from '../cells/basic-lstm-cell.js';
import { BasicRNNCell } from '../cells/basic-rnn-cell.js';
import { GRUCell } from '../cells/gru-cell.js';
import { LayerNormBasicLSTMCell } from '../cells/layer-norm-basic-lstm-cell.js';
import { LSTMCell } from '../cells/lstm-cell.js';
import type { LSTMStateTuple } from '../cells/lstm-state-tuple.js';
import { MultiRNNCell } from '../cells/multi-rnn-cell.js';
import type { RNNResult, SequenceOptions } from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';

const statesAreOutputs: ReadonlySet<unknown> = new Set([BasicRNNCell, GRUCell]);
const lstms: ReadonlySet<unknown> = new Set([BasicLSTMCell, LayerNormBasicLSTMCell, LSTMCell]);

export interface LastOutputOptions extends Omit<SequenceOptions, 'timeMajor'> {
  readonly initialState: unknown;
}

/**
 * The output of each row's last step in the order in which the rows are walked, `[batch, outputSize]`,
 * a tensor of its own; zeros for a row without steps. To be called in tidy.
 *
 * Where the final state holds it, it is taken from there: the gradient of a slice of the outputs costs
 * as much as the rest of the layer.
 */
export function lastOutput(
  cell: RNNCell<unknown>,
  { outputs, finalState }: RNNResult<unknown>,
  { reverse, sequenceLength, initialState }: LastOutputOptions,
): Tensor2D {
  const held = heldOutput(cell, finalState);
  if (held !== undefined) {
    // From a zero state, a row without steps has zeros there already.
    if (sequenceLength === null || initialState === undefined) return clone(held);
    return where(expandDims(greater(sequenceLength, 0), 1), held, zerosLike(held));
  }
  const [batch, time, size] = outputs.shape;
  if (sequenceLength === null || reverse) {
    const step = slice(outputs, [0, reverse ? 0 : time - 1, 0], [batch, 1, size]);
    return squeeze(step, [1]);
  }
  return stepBefore(outputs, sequenceLength);
}

/** The output that a state holds, of cells that are known to put it there. */
function heldOutput(cell: RNNCell<unknown>, state: unknown): Tensor2D | undefined {
  if (statesAreOutputs.has(cell.constructor)) return state as Tensor2D;
  if (lstms.has(cell.constructor)) return (state as LSTMStateTuple).h;
  if (cell.constructor !== MultiRNNCell) return undefined;
  const { cells } = cell as MultiRNNCell<readonly RNNCell<unknown>[]>;
  return heldOutput(cells.at(-1)!, (state as readonly unknown[]).at(-1));
}

/** Each row's output at the step before its length. */
function stepBefore(outputs: Tensor3D, sequenceLength: Tensor1D): Tensor2D {
  const steps = expandDims(range(0, outputs.shape[1], 1, 'int32'), 0);
  const isLast = expandDims(equal(steps, expandDims(sub(sequenceLength, 1), 1)), 2);
  return sum(where(isLast, outputs, zerosLike(outputs)), 1);
}
