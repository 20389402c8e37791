import type { NamedTensorMap, Rank, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkSize } from '../checks/check-size.js';
import { onesInitializer } from '../initializers/constant-initializer.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import { GRUSequence, ResetAfterGRUSequence } from '../kernels/gru-sequence.js';
import { runSequenceKernel } from '../kernels/run-sequence-kernel.js';
import {
  hasSequenceKernel,
  type SequenceCell,
  type SequenceRunner,
} from '../kernels/sequence-kernel.js';
import { CellBase } from './cell-base.js';
import type { VariableSpec } from './cell-variables.js';
import { type Affine, gruStep, resetAfterGRUStep } from './gru-step.js';
import { weightOf } from './weight-of.js';

export interface GRUCellOptions {
  /** Features of the input. */
  readonly inputSize: number;
  /** Size of the state and of the output. */
  readonly units: number;
  /** Of the candidate; the gates are sigmoids. Default `'tanh'`. */
  readonly activation?: Activation;
  /**
   * Whether the reset gate comes after the product with the state, the form of cuDNN, PyTorch and Keras
   * from version 2. Default false: TensorFlow 1's.
   */
  readonly resetAfter?: boolean;
  /** Of every matrix. Default {@link glorotUniform}. */
  readonly kernelInitializer?: Initializer;
  /** Of every bias. Default: ones for the gates, zeros for the candidate. */
  readonly biasInitializer?: Initializer;
  /** Scope of the variables' names, unique in the program. Default `gru_cell`, counted up. */
  readonly name?: string;
}

/**
 * The gated recurrent unit in its two forms: TensorFlow 1's `GRUCell` ({@link gruStep}), or with
 * `resetAfter` its `CudnnCompatibleGRUCell` ({@link resetAfterGRUStep}).
 *
 * The cell owns `gates/kernel` `[inputSize + units, 2 * units]` with the columns r, u, and `gates/bias`;
 * then `candidate/kernel` `[inputSize + units, units]` and `candidate/bias`, or with `resetAfter`
 * `candidate/input_projection/kernel` `[inputSize, units]`,
 * `candidate/hidden_projection/kernel` `[units, units]` and a bias for each.
 *
 * Source: Cho et al., 2014; TensorFlow 1's GRUCell and CudnnCompatibleGRUCell.
 */
export class GRUCell extends CellBase<Tensor2D, number> implements SequenceCell<Tensor2D> {
  readonly #scope: string;
  readonly #resetAfter: boolean;
  readonly #activation: Activation;
  readonly #activationFunction: (x: Tensor2D) => Tensor2D;

  /**
   * @param options - sizes, form, activation, initializers
   * @throws RangeError if a size is not a whole number from 1, the activation's name is not known, or
   * the name is taken
   */
  constructor(options: GRUCellOptions) {
    const { inputSize, units, activation = 'tanh', resetAfter = false, name } = options;
    checkSize('GRUCell: inputSize', inputSize);
    checkSize('GRUCell: units', units);
    const compute = activationFunction('GRUCell', activation);
    const scope = resetAfter ? 'cudnn_compatible_gru_cell' : 'gru_cell';
    super({
      where: 'GRUCell',
      scope,
      name,
      inputSize,
      outputSize: units,
      stateSize: units,
      specs: specsOf(options),
    });
    this.#scope = scope;
    this.#resetAfter = resetAfter;
    this.#activation = activation;
    this.#activationFunction = compute;
  }

  protected override step(input: Tensor2D, state: Tensor2D): [Tensor2D, Tensor2D] {
    const activation = this.#activationFunction;
    const gates = this.#affine('gates');
    const next = this.#resetAfter
      ? resetAfterGRUStep(
          {
            gates,
            inputProjection: this.#affine('candidate/input_projection'),
            hiddenProjection: this.#affine('candidate/hidden_projection'),
            activation,
          },
          input,
          state,
        )
      : gruStep({ gates, candidate: this.#affine('candidate'), activation }, input, state);
    return [next, next];
  }

  /** Undefined in a subclass with a step of its own: the kernel would pass it by. */
  get sequenceRunner(): SequenceRunner<Tensor2D> | undefined {
    const changed = this.call !== CellBase.prototype.call || this.step !== GRUCell.prototype.step;
    const kernelName = this.#resetAfter ? ResetAfterGRUSequence : GRUSequence;
    if (changed || this.#activation !== 'tanh' || !hasSequenceKernel(kernelName)) return undefined;
    return (inputs, initialState, options) => {
      const [outputs, finalState] = runSequenceKernel({
        kernelName,
        inputs,
        parameters: { ...this.#kernelParameters(), initialState },
        options,
      }) as [Tensor3D, Tensor2D];
      return { outputs, finalState };
    };
  }

  /** The weights by the sequence kernels' names. */
  #kernelParameters(): NamedTensorMap {
    const gates = this.#affine('gates');
    const both = { gatesKernel: gates.kernel, gatesBias: gates.bias };
    if (!this.#resetAfter) {
      const candidate = this.#affine('candidate');
      return { ...both, candidateKernel: candidate.kernel, candidateBias: candidate.bias };
    }
    const input = this.#affine('candidate/input_projection');
    const hidden = this.#affine('candidate/hidden_projection');
    return {
      ...both,
      inputKernel: input.kernel,
      inputBias: input.bias,
      hiddenKernel: hidden.kernel,
      hiddenBias: hidden.bias,
    };
  }

  #affine(part: string): Affine {
    const path = `${this.#scope}/${part}`;
    return {
      kernel: weightOf<Rank.R2>(this, `${path}/kernel`),
      bias: weightOf<Rank.R1>(this, `${path}/bias`),
    };
  }
}

function specsOf(options: GRUCellOptions): Record<string, VariableSpec> {
  const { inputSize, units, resetAfter = false } = options;
  const { kernelInitializer = glorotUniform(), biasInitializer } = options;
  const kernel = (rows: number, columns: number): VariableSpec => ({
    shape: [rows, columns],
    initializer: kernelInitializer,
  });
  const bias = (size: number, fallback: Initializer): VariableSpec => ({
    shape: [size],
    initializer: biasInitializer ?? fallback,
  });
  const gates = {
    'gates/kernel': kernel(inputSize + units, 2 * units),
    'gates/bias': bias(2 * units, onesInitializer()),
  };
  if (!resetAfter) {
    return {
      ...gates,
      'candidate/kernel': kernel(inputSize + units, units),
      'candidate/bias': bias(units, zerosInitializer()),
    };
  }
  return {
    ...gates,
    'candidate/input_projection/kernel': kernel(inputSize, units),
    'candidate/input_projection/bias': bias(units, zerosInitializer()),
    'candidate/hidden_projection/kernel': kernel(units, units),
    'candidate/hidden_projection/bias': bias(units, zerosInitializer()),
  };
}
