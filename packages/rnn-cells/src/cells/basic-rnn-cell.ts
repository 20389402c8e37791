import type { Rank, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkSize } from '../checks/check-size.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import { BasicRNNSequence } from '../kernels/basic-rnn-sequence.js';
import { runSequenceKernel } from '../kernels/run-sequence-kernel.js';
import {
  hasSequenceKernel,
  type SequenceCell,
  type SequenceRunner,
} from '../kernels/sequence-kernel.js';
import { basicRNNStep } from './basic-rnn-step.js';
import { CellBase } from './cell-base.js';
import { weightOf } from './weight-of.js';

export interface BasicRNNCellOptions {
  /** Features of the input. */
  readonly inputSize: number;
  /** Size of the state and of the output. */
  readonly units: number;
  /** Default `'tanh'`. */
  readonly activation?: Activation;
  /** Of the joined kernel `[inputSize + units, units]`. Default {@link glorotUniform}. */
  readonly kernelInitializer?: Initializer;
  /** Default {@link zerosInitializer}. */
  readonly biasInitializer?: Initializer;
  /** Scope of the variables' names, unique in the program. Default `basic_rnn_cell`, counted up. */
  readonly name?: string;
}

/**
 * The most basic recurrent cell, TensorFlow 1's `BasicRNNCell`:
 *
 * `output = h' = act([x, h] · kernel + bias)`
 *
 * with `kernel` `[inputSize + units, units]` (the input's rows first) and `bias` `[units]`. The cell
 * owns both variables until {@link BasicRNNCell.dispose}.
 *
 * Source: Elman, Finding structure in time, Cognitive Science 14, 1990; TensorFlow 1's BasicRNNCell.
 */
export class BasicRNNCell extends CellBase<Tensor2D, number> implements SequenceCell<Tensor2D> {
  readonly #activation: Activation;
  readonly #activationFunction: (x: Tensor2D) => Tensor2D;

  /**
   * @param options - sizes, activation, initializers
   * @throws RangeError if a size is not a whole number from 1, the activation's name is not known,
   * or the name is taken
   */
  constructor({
    inputSize,
    units,
    activation = 'tanh',
    kernelInitializer = glorotUniform(),
    biasInitializer = zerosInitializer(),
    name,
  }: BasicRNNCellOptions) {
    checkSize('BasicRNNCell: inputSize', inputSize);
    checkSize('BasicRNNCell: units', units);
    const compute = activationFunction('BasicRNNCell', activation);
    super({
      where: 'BasicRNNCell',
      scope: 'basic_rnn_cell',
      name,
      inputSize,
      outputSize: units,
      stateSize: units,
      specs: {
        kernel: { shape: [inputSize + units, units], initializer: kernelInitializer },
        bias: { shape: [units], initializer: biasInitializer },
      },
    });
    this.#activation = activation;
    this.#activationFunction = compute;
  }

  /** `[inputSize + units, units]` */
  get kernel(): Variable<Rank.R2> {
    return weightOf(this, 'basic_rnn_cell/kernel');
  }

  /** `[units]` */
  get bias(): Variable<Rank.R1> {
    return weightOf(this, 'basic_rnn_cell/bias');
  }

  protected override step(input: Tensor2D, state: Tensor2D): [Tensor2D, Tensor2D] {
    const { kernel, bias } = this;
    const next = basicRNNStep({ kernel, bias, activation: this.#activationFunction }, input, state);
    return [next, next];
  }

  /** Undefined in a subclass with a step of its own: the kernel would pass it by. */
  get sequenceRunner(): SequenceRunner<Tensor2D> | undefined {
    const activation = this.#activation;
    if (
      typeof activation === 'function' ||
      this.call !== CellBase.prototype.call ||
      this.step !== BasicRNNCell.prototype.step ||
      !hasSequenceKernel(BasicRNNSequence)
    ) {
      return undefined;
    }
    return (inputs, initialState, options) => {
      const [outputs, finalState] = runSequenceKernel({
        kernelName: BasicRNNSequence,
        inputs,
        parameters: { kernel: this.kernel, bias: this.bias, initialState },
        options,
        attrs: { activation },
      }) as [Tensor3D, Tensor2D];
      return { outputs, finalState };
    };
  }
}
