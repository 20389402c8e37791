import { type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkVariables } from '../checks/check-cell.js';
import { checkSize } from '../checks/check-size.js';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNCell, StateSize } from '../rnn-cell.js';
import { zeroStateOf } from '../state.js';
import { cellVariables, type VariableSpec } from './cell-variables.js';

/** What a kind of cell is made of. */
export interface CellParts<Size extends StateSize> {
  /** The class, for errors: `BasicRNNCell`. */
  readonly where: string;
  /** TensorFlow 1's scope: `basic_rnn_cell`. */
  readonly scope: string;
  /** The scope that the user chose for the variables' names instead. */
  readonly name: string | undefined;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: Size;
  /** By TF1's own suffix: `kernel`, `gates/kernel`. */
  readonly specs: Readonly<Record<string, VariableSpec>>;
}

/** What all cells with variables do alike: own them, validate, and start from zeros. */
export abstract class CellBase<State, Size extends StateSize> implements RNNCell<State> {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: Size;
  /** By TensorFlow 1's path below the loop's scope. */
  readonly weights: Readonly<Record<string, Variable>>;
  readonly #where: string;

  constructor({ where, scope, name, inputSize, outputSize, stateSize, specs }: CellParts<Size>) {
    const variables = cellVariables({ where, scope: name, defaultScope: scope, specs });
    this.inputSize = inputSize;
    this.outputSize = outputSize;
    this.stateSize = stateSize;
    this.weights = Object.fromEntries(
      Object.entries(variables).map(([suffix, variable]) => [`${scope}/${suffix}`, variable]),
    );
    this.#where = where;
  }

  get trainableVariables(): readonly Variable[] {
    return Object.values(this.weights);
  }

  /**
   * A state of zeros.
   *
   * @param batch - rows
   * @returns tensors `[batch, size]` in the structure of `stateSize`; the caller owns them
   * @throws RangeError if `batch` is not a whole number from 1
   */
  zeroState(batch: number): State {
    checkSize(`${this.#where}.zeroState: batch`, batch);
    return tidy(() => zeroStateOf(this.stateSize, batch)) as State;
  }

  /**
   * One step in time.
   *
   * @param input - `[batch, inputSize]`
   * @param state - the state before the step: tensors `[batch, size]` in the structure of `stateSize`
   * @returns the output `[batch, outputSize]` and the state after the step. Where the output is part of
   * the state, as it is in TensorFlow 1's cells, both are one tensor; the caller owns them
   * @throws {@link ShapeError} if a shape, or the state's structure, does not fit
   * @throws TypeError if an argument is no float32 tensor, or an argument or the cell is disposed
   */
  call(input: Tensor2D, state: State): [output: Tensor2D, nextState: State] {
    checkTensor(`${this.#where}.call: input`, input, ['batch', this.inputSize]);
    checkState(`${this.#where}.call: state`, state, this.stateSize, input.shape[0]);
    checkVariables(`${this.#where}.call`, this);
    return this.step(input, state);
  }

  /** Frees the variables. Harmless when done twice. */
  dispose(): void {
    for (const variable of this.trainableVariables) variable.dispose();
  }

  /** `call`, with checked arguments. */
  protected abstract step(input: Tensor2D, state: State): [output: Tensor2D, nextState: State];
}
