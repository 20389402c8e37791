import {
  clone,
  expandDims,
  logicalOr,
  stack,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type TensorContainer,
  tidy,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNCell } from '../rnn-cell.js';
import { mapStates } from '../state.js';

/** Where a {@link rawRNN} stands when it asks what comes next. */
export interface RawRNNMoment<State, LoopState> {
  /** 0 before the first step, then the number of steps done. */
  readonly time: number;
  /** What the cell gave for the last step, `[batch, outputSize]`; null at time 0. */
  readonly output: Tensor2D | null;
  /** The state after the last step; null at time 0. */
  readonly state: State | null;
  /** What the last answer passed on; undefined at time 0. */
  readonly loopState: LoopState | undefined;
}

/** What comes next. */
export interface RawRNNAnswer<State, LoopState> {
  /** Rows that are done, bool `[batch]`. A row that was done stays so. */
  readonly finished: Tensor1D;
  /** `[batch, inputSize]`; not read once all rows are done. */
  readonly nextInput: Tensor2D;
  /** At time 0 the initial state; then what the next step starts from, usually the given state. */
  readonly nextState: State;
  /** What this step emits, `[batch, ...]`, always of one shape. Default: the cell's output. */
  readonly emit?: Tensor;
  readonly loopState?: LoopState;
}

export interface RawRNNResult<State, LoopState> {
  /** What each step emitted, `[time, batch, ...]`; zeros for a row that was done. */
  readonly outputs: Tensor;
  /** The state of each row when it was done. */
  readonly finalState: State;
  /** What the last answer passed on. */
  readonly finalLoopState: LoopState | undefined;
}

/**
 * Unrolls a cell by a function that decides, step by step, what the cell reads next and which rows are
 * done, TensorFlow 1's `raw_rnn`: for decoders that read their own output, and loops of unknown length.
 *
 * It asks `loop` once before the first step and once after each; it ends when all rows are done. A row
 * that is done emits zeros and keeps its state, whatever `loop` says of it. After each step the loop
 * reads `finished`, which on a GPU waits for it.
 *
 * @param cell - any cell
 * @param loop - is asked what comes next; tensors that it makes are freed, but for the last loop state
 * @returns emitted outputs, time-major, final state and loop state; the caller owns them
 * @throws {@link ShapeError} if what `loop` answers does not fit the cell
 * @throws TypeError if it is no tensor of the right dtype, or disposed
 */
export function rawRNN<State, LoopState = undefined>(
  cell: RNNCell<State>,
  loop: (moment: RawRNNMoment<State, LoopState>) => RawRNNAnswer<State, LoopState>,
): RawRNNResult<State, LoopState> {
  checkCell('rawRNN: cell', cell);
  const run = (): RawRNNResult<State, LoopState> => {
    const stepper = cell.forSequence?.() ?? cell;
    const first = loop({ time: 0, output: null, state: null, loopState: undefined });
    const batch = checkAnswer(cell, first);
    const outputs: Tensor[] = [];
    let { finished, nextInput, nextState: state, loopState } = first;
    for (let time = 1; !finished.dataSync().every(Boolean); time++) {
      const [output, stepped] = stepper.call(nextInput, state);
      const answer = loop({ time, output, state: stepped, loopState });
      checkAnswer(cell, answer, batch);
      const emit = answer.emit ?? output;
      outputs.push(where(withRank(finished, emit.rank), zerosLike(emit), emit));
      const done = expandDims(finished, 1);
      const choose = (kept: Tensor2D, next: Tensor2D) => where<Tensor2D>(done, kept, next);
      state = mapStates(choose, state, answer.nextState);
      finished = logicalOr(finished, answer.finished);
      ({ nextInput, loopState } = answer);
    }
    return {
      outputs: outputs.length === 0 ? zeros([0, batch, cell.outputSize]) : stack(outputs),
      finalState: mapStates((tensor: Tensor2D) => clone(tensor), state),
      finalLoopState: loopState,
    };
  };
  return tidy('rnn', run as () => RawRNNResult<State, LoopState> & TensorContainer);
}

/** Asserts that an answer fits the cell, and gives its batch. */
function checkAnswer<State>(
  cell: RNNCell<State>,
  { finished, nextInput, nextState }: RawRNNAnswer<State, unknown>,
  batch?: number,
): number {
  checkTensor('rawRNN: nextInput', nextInput, [batch ?? 'batch', cell.inputSize]);
  const rows = nextInput.shape[0];
  checkTensor('rawRNN: finished', finished, [rows], 'bool');
  checkState('rawRNN: nextState', nextState, cell.stateSize, rows);
  return rows;
}

/** A mask `[batch]` with as many axes of one after it as make `rank`. */
function withRank(mask: Tensor1D, rank: number): Tensor {
  let result: Tensor = mask;
  while (result.rank < rank) result = expandDims(result, -1);
  return result;
}
