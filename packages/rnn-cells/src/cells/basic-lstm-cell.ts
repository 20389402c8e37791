import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkFinite } from '../checks/check-number.js';
import { checkSize } from '../checks/check-size.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import type { SequenceCell, SequenceRunner } from '../kernels/sequence-kernel.js';
import { CellBase } from './cell-base.js';
import { lstmSequenceRunner } from './lstm-sequence-runner.js';
import type { LSTMStateSize, LSTMStateTuple } from './lstm-state-tuple.js';
import { lstmStep } from './lstm-step.js';
import { weightOf } from './weight-of.js';

export interface BasicLSTMCellOptions {
  /** Features of the input. */
  readonly inputSize: number;
  /** Size of the memory and of the output. */
  readonly units: number;
  /** Added to the forget gate at each step; not part of the bias. Default 1. */
  readonly forgetBias?: number;
  /** Of the new input and of the output; the gates are sigmoids. Default `'tanh'`. */
  readonly activation?: Activation;
  /** Of the joined kernel `[inputSize + units, 4 * units]`. Default {@link glorotUniform}. */
  readonly kernelInitializer?: Initializer;
  /** Default {@link zerosInitializer}. */
  readonly biasInitializer?: Initializer;
  /** Scope of the variables' names, unique in the program. Default `basic_lstm_cell`, counted up. */
  readonly name?: string;
}

/**
 * The long short-term memory without peepholes, clips or projection, TensorFlow 1's `BasicLSTMCell`:
 * with `[i, j, f, o] = [x, h] · kernel + bias`,
 *
 * ```text
 * c' = σ(f + forgetBias) ∘ c + σ(i) ∘ act(j)
 * output = h' = σ(o) ∘ act(c')
 * ```
 *
 * Its state is `{ c, h }`, each `[batch, units]`. The cell owns `kernel` `[inputSize + units, 4 * units]`
 * with the columns i, j, f, o, and `bias` `[4 * units]`.
 *
 * Source: Zaremba, Sutskever and Vinyals, Recurrent neural network regularization, 2014; TensorFlow 1's
 * BasicLSTMCell.
 */
export class BasicLSTMCell
  extends CellBase<LSTMStateTuple, LSTMStateSize>
  implements SequenceCell<LSTMStateTuple>
{
  readonly #forgetBias: number;
  readonly #activation: Activation;
  readonly #activationFunction: (x: Tensor2D) => Tensor2D;

  /**
   * @param options - sizes, forget bias, activation, initializers
   * @throws RangeError if a size is not a whole number from 1, the forget bias not finite, the
   * activation's name not known, or the name taken
   */
  constructor({
    inputSize,
    units,
    forgetBias = 1,
    activation = 'tanh',
    kernelInitializer = glorotUniform(),
    biasInitializer = zerosInitializer(),
    name,
  }: BasicLSTMCellOptions) {
    checkSize('BasicLSTMCell: inputSize', inputSize);
    checkSize('BasicLSTMCell: units', units);
    checkFinite('BasicLSTMCell: forgetBias', forgetBias);
    const compute = activationFunction('BasicLSTMCell', activation);
    super({
      where: 'BasicLSTMCell',
      scope: 'basic_lstm_cell',
      name,
      inputSize,
      outputSize: units,
      stateSize: { c: units, h: units },
      specs: {
        kernel: { shape: [inputSize + units, 4 * units], initializer: kernelInitializer },
        bias: { shape: [4 * units], initializer: biasInitializer },
      },
    });
    this.#forgetBias = forgetBias;
    this.#activation = activation;
    this.#activationFunction = compute;
  }

  protected override step(
    input: Tensor2D,
    state: LSTMStateTuple,
  ): [output: Tensor2D, nextState: LSTMStateTuple] {
    const next = lstmStep(
      {
        kernel: weightOf(this, 'basic_lstm_cell/kernel'),
        bias: weightOf(this, 'basic_lstm_cell/bias'),
        forgetBias: this.#forgetBias,
        activation: this.#activationFunction,
      },
      input,
      state,
    );
    return [next.h, next];
  }

  /** Undefined in a subclass with a step of its own: the kernel would pass it by. */
  get sequenceRunner(): SequenceRunner<LSTMStateTuple> | undefined {
    const changed =
      this.call !== CellBase.prototype.call || this.step !== BasicLSTMCell.prototype.step;
    if (changed || this.#activation !== 'tanh') return undefined;
    return lstmSequenceRunner({
      kernel: weightOf(this, 'basic_lstm_cell/kernel'),
      bias: weightOf(this, 'basic_lstm_cell/bias'),
      forgetBias: this.#forgetBias,
    });
  }
}
