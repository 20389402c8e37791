import { concat, type Tensor3D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import type { StackedState } from '../cells/multi-rnn-cell.js';
import { checkCell } from '../checks/check-cell.js';
import { ShapeError } from '../checks/shape-error.js';
import type { RNNCell } from '../rnn-cell.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';
import { checkInitialState, checkInputs, unroll } from './unroll.js';

type Cells = readonly RNNCell<unknown>[];

export interface StackBidirectionalDynamicRNNOptions<Fw extends Cells, Bw extends Cells> {
  /** One state for each forward cell, bottom to top. Default: zero states. */
  readonly initialStatesFw?: StackedState<Fw>;
  /** One state for each backward cell, bottom to top. Default: zero states. */
  readonly initialStatesBw?: StackedState<Bw>;
  /** The rows' true lengths, each in `[0, time]`. Default: all are as long as the sequence. */
  readonly sequenceLength?: SequenceLength;
  /** Whether inputs and outputs are `[time, batch, features]`. Default false. */
  readonly timeMajor?: boolean;
}

export interface StackBidirectionalResult<Fw extends Cells, Bw extends Cells> {
  /** Of the top layer, forward and backward joined on their features. */
  readonly outputs: Tensor3D;
  /** Of all layers, bottom to top. */
  readonly finalState: [fw: StackedState<Fw>, bw: StackedState<Bw>];
}

const name = 'stackBidirectionalDynamicRNN';

/**
 * Layers of `bidirectionalDynamicRNN`, each reading the joined outputs of the one below, TensorFlow 1's
 * `stack_bidirectional_dynamic_rnn`. A layer's `inputSize` is the sum of the two `outputSize`s below it.
 *
 * @param cellsFw - forward cells, bottom to top
 * @param cellsBw - as many backward cells
 * @param inputs - `[batch, time, inputSize]`, or `[time, batch, inputSize]` with `timeMajor`
 * @param options - first states, lengths, layout
 * @returns the top layer's joined outputs and all final states; the caller owns them
 * @throws RangeError if there are no cells, or a length is outside of `[0, time]`, as in `dynamicRNN`
 * @throws {@link ShapeError} if the numbers of cells or states differ, the layers do not join, or a shape
 * does not fit
 * @throws TypeError if an argument is no tensor of the right dtype, or disposed
 */
export function stackBidirectionalDynamicRNN<const Fw extends Cells, const Bw extends Cells>(
  cellsFw: Fw,
  cellsBw: Bw,
  inputs: Tensor3D,
  options: StackBidirectionalDynamicRNNOptions<Fw, Bw> = {},
): StackBidirectionalResult<Fw, Bw> {
  const { timeMajor = false } = options;
  checkLayers(cellsFw, cellsBw);
  const { inputSize } = cellsFw[0]!;
  const { batch, time } = checkInputs(`${name}: inputs`, inputs, { inputSize, timeMajor });
  checkStates('initialStatesFw', options.initialStatesFw, cellsFw, batch);
  checkStates('initialStatesBw', options.initialStatesBw, cellsBw, batch);
  const run = () => {
    const bounds = { where: `${name}: sequenceLength`, batch, time };
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, bounds);
    const shared = { batch, timeMajor, sequenceLength };
    let outputs = inputs;
    const states: [unknown[], unknown[]] = [[], []];
    for (const [layer, cellFw] of cellsFw.entries()) {
      const initialFw: unknown = options.initialStatesFw?.[layer];
      const initialBw: unknown = options.initialStatesBw?.[layer];
      const fw = unroll(cellFw, outputs, { ...shared, initialState: initialFw, reverse: false });
      const cellBw = cellsBw[layer]!;
      const bw = unroll(cellBw, outputs, { ...shared, initialState: initialBw, reverse: true });
      outputs = concat([fw.outputs, bw.outputs], 2);
      states[0].push(fw.finalState);
      states[1].push(bw.finalState);
    }
    return { outputs, finalState: states } as unknown as StackBidirectionalResult<Fw, Bw>;
  };
  return tidy(
    'stack_bidirectional_rnn',
    run as () => StackBidirectionalResult<Fw, Bw> & TensorContainer,
  );
}

function checkLayers(cellsFw: Cells, cellsBw: Cells): void {
  if (cellsFw.length === 0) {
    throw new RangeError(`${name}: cellsFw: expected one or more, got an empty array`);
  }
  if (cellsBw.length !== cellsFw.length) {
    throw new ShapeError(
      `${name}: cellsBw: expected ${cellsFw.length}, one for each forward cell, got ${cellsBw.length}`,
    );
  }
  cellsFw.forEach((cell, layer) => checkCell(`${name}: cellsFw[${layer}]`, cell));
  cellsBw.forEach((cell, layer) => checkCell(`${name}: cellsBw[${layer}]`, cell));
  let below = cellsFw[0]!.inputSize;
  for (const [layer, cellFw] of cellsFw.entries()) {
    const cellBw = cellsBw[layer]!;
    for (const [cells, { inputSize }] of Object.entries({ cellsFw: cellFw, cellsBw: cellBw })) {
      if (inputSize === below) continue;
      throw new ShapeError(
        `${name}: ${cells}[${layer}]: expected inputSize ${below}, got ${inputSize}`,
      );
    }
    below = cellFw.outputSize + cellBw.outputSize;
  }
}

function checkStates(
  which: string,
  states: readonly unknown[] | undefined,
  cells: Cells,
  batch: number,
): void {
  if (states === undefined) return;
  if (states.length !== cells.length) {
    throw new ShapeError(
      `${name}: ${which}: expected ${cells.length} states, got ${states.length}`,
    );
  }
  for (const [layer, cell] of cells.entries()) {
    checkInitialState(`${name}: ${which}[${layer}]`, states[layer], { cell, batch });
  }
}
