import {
  engine,
  type NamedTensorMap,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkSize } from '../checks/check-size.js';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import { BasicRNNSequence, type BasicRNNSequenceAttrs } from '../kernels/basic-rnn-sequence.js';
import {
  hasSequenceKernel,
  type SequenceCell,
  fullLengths,
  type SequenceRunner,
} from '../kernels/sequence-kernel.js';
import { basicRNNStep } from './basic-rnn-step.js';
import { cellVariables } from './cell-variables.js';

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
export class BasicRNNCell implements SequenceCell<Tensor2D> {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: number;
  /** `[inputSize + units, units]` */
  readonly kernel: Variable;
  /** `[units]` */
  readonly bias: Variable;
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
    this.#activation = activation;
    this.#activationFunction = activationFunction('BasicRNNCell', activation);
    this.inputSize = inputSize;
    this.outputSize = units;
    this.stateSize = units;
    const { kernel, bias } = cellVariables({
      where: 'BasicRNNCell',
      scope: name,
      defaultScope: 'basic_rnn_cell',
      specs: {
        kernel: { shape: [inputSize + units, units], initializer: kernelInitializer },
        bias: { shape: [units], initializer: biasInitializer },
      },
    });
    this.kernel = kernel;
    this.bias = bias;
  }

  get trainableVariables(): readonly Variable[] {
    return [this.kernel, this.bias];
  }

  get weights(): Readonly<Record<string, Variable>> {
    return { 'basic_rnn_cell/kernel': this.kernel, 'basic_rnn_cell/bias': this.bias };
  }

  /**
   * @param batch - rows
   * @returns zeros `[batch, units]`; the caller owns them
   * @throws RangeError if `batch` is not a whole number from 1
   */
  zeroState(batch: number): Tensor2D {
    checkSize('BasicRNNCell.zeroState: batch', batch);
    return zeros([batch, this.stateSize]);
  }

  /**
   * One step in time.
   *
   * @param input - `[batch, inputSize]`
   * @param state - `[batch, units]`
   * @returns output and next state `[batch, units]`. They are one and the same tensor, as in
   * TensorFlow 1; the caller owns it
   * @throws {@link ShapeError} if a shape does not fit
   * @throws TypeError if an argument is no float32 tensor, or disposed
   */
  call(input: Tensor2D, state: Tensor2D): [output: Tensor2D, nextState: Tensor2D] {
    checkTensor('BasicRNNCell.call: input', input, ['batch', this.inputSize]);
    checkState('BasicRNNCell.call: state', state, this.stateSize, input.shape[0]);
    const next = basicRNNStep(
      {
        kernel: this.kernel as Variable & Tensor2D,
        bias: this.bias as Variable & Tensor1D,
        activation: this.#activationFunction,
      },
      input,
      state,
    );
    return [next, next];
  }

  /** Frees the variables. Harmless when done twice. */
  dispose(): void {
    this.kernel.dispose();
    this.bias.dispose();
  }

  /** Undefined in a subclass with a `call` of its own: the kernel would pass it by. */
  get sequenceRunner(): SequenceRunner<Tensor2D> | undefined {
    const activation = this.#activation;
    if (
      typeof activation === 'function' ||
      this.call !== BasicRNNCell.prototype.call ||
      !hasSequenceKernel(BasicRNNSequence)
    ) {
      return undefined;
    }
    return (inputs, initialState, { timeMajor, sequenceLength }) => {
      const attrs: BasicRNNSequenceAttrs = { activation, timeMajor };
      const [outputs, finalState] = engine().runKernel(
        BasicRNNSequence,
        {
          inputs,
          kernel: this.kernel,
          bias: this.bias,
          initialState,
          sequenceLength: sequenceLength ?? fullLengths(inputs, timeMajor),
        } satisfies NamedTensorMap,
        { ...attrs },
      ) as unknown as [Tensor3D, Tensor2D];
      return { outputs, finalState };
    };
  }
}
