import type { Rank, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkFinite, checkPositive } from '../checks/check-number.js';
import { checkSize } from '../checks/check-size.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import type { SequenceCell, SequenceRunner } from '../kernels/sequence-kernel.js';
import { CellBase } from './cell-base.js';
import type { VariableSpec } from './cell-variables.js';
import { lstmSequenceRunner } from './lstm-sequence-runner.js';
import type { LSTMStateSize, LSTMStateTuple } from './lstm-state-tuple.js';
import { type LSTMParameters, lstmStep } from './lstm-step.js';
import { weightOf } from './weight-of.js';

export interface LSTMCellOptions {
  /** Features of the input. */
  readonly inputSize: number;
  /** Size of the memory, and of the output where there is no projection. */
  readonly units: number;
  /** Whether the gates see the memory. Default false. */
  readonly usePeepholes?: boolean;
  /** Clips the memory to `[-cellClip, cellClip]`. Default: no clip. */
  readonly cellClip?: number;
  /** Size of the projected output, which then is the state's h. Default: no projection. */
  readonly projectionSize?: number;
  /** Clips the projected output to `[-projectionClip, projectionClip]`. Default: no clip. */
  readonly projectionClip?: number;
  /** Added to the forget gate at each step; not part of the bias. Default 1. */
  readonly forgetBias?: number;
  /** Of the new input and of the output; the gates are sigmoids. Default `'tanh'`. */
  readonly activation?: Activation;
  /** Of every matrix and peephole. Default {@link glorotUniform}. */
  readonly kernelInitializer?: Initializer;
  /** Default {@link zerosInitializer}. */
  readonly biasInitializer?: Initializer;
  /** Scope of the variables' names, unique in the program. Default `lstm_cell`, counted up. */
  readonly name?: string;
}

/**
 * The long short-term memory with all its options, TensorFlow 1's `LSTMCell`; {@link lstmStep} has the
 * equations.
 *
 * Its state is `{ c: [batch, units], h: [batch, outputSize] }`; `outputSize` is `projectionSize`, or
 * `units` without a projection. The cell owns `kernel` `[inputSize + outputSize, 4 * units]` with the
 * columns i, j, f, o, `bias` `[4 * units]`, `w_f_diag`, `w_i_diag`, `w_o_diag` `[units]` and
 * `projection/kernel` `[units, projectionSize]`, as far as its options want them.
 *
 * Source: Hochreiter and Schmidhuber, 1997; Sak, Senior and Beaufays, 2014; TensorFlow 1's LSTMCell.
 */
export class LSTMCell
  extends CellBase<LSTMStateTuple, LSTMStateSize>
  implements SequenceCell<LSTMStateTuple>
{
  readonly #parameters: Omit<LSTMParameters, 'bias' | 'kernel' | 'peepholes' | 'projection'>;
  readonly #plain: boolean;
  readonly #usePeepholes: boolean;
  readonly #project: boolean;

  /**
   * @param options - sizes, options, initializers
   * @throws RangeError if a size is not a whole number from 1, a clip not above 0, the forget bias not
   * finite, the activation's name not known, `projectionClip` given without `projectionSize`, or the
   * name taken
   */
  constructor(options: LSTMCellOptions) {
    const { inputSize, units, projectionSize, cellClip, projectionClip } = options;
    const { usePeepholes = false, forgetBias = 1, activation = 'tanh', name } = options;
    checkSize('LSTMCell: inputSize', inputSize);
    checkSize('LSTMCell: units', units);
    if (projectionSize !== undefined) checkSize('LSTMCell: projectionSize', projectionSize);
    checkClips(options);
    checkFinite('LSTMCell: forgetBias', forgetBias);
    const compute = activationFunction('LSTMCell', activation);
    const outputSize = projectionSize ?? units;
    super({
      where: 'LSTMCell',
      scope: 'lstm_cell',
      name,
      inputSize,
      outputSize,
      stateSize: { c: units, h: outputSize },
      specs: specsOf(options),
    });
    this.#plain =
      activation === 'tanh' &&
      !usePeepholes &&
      projectionSize === undefined &&
      cellClip === undefined;
    this.#usePeepholes = usePeepholes;
    this.#project = projectionSize !== undefined;
    this.#parameters = {
      forgetBias,
      activation: compute,
      ...(cellClip === undefined ? {} : { cellClip }),
      ...(projectionClip === undefined ? {} : { projectionClip }),
    };
  }

  protected override step(
    input: Tensor2D,
    state: LSTMStateTuple,
  ): [output: Tensor2D, nextState: LSTMStateTuple] {
    const weight = <R extends Rank>(suffix: string): Variable<R> =>
      weightOf(this, `lstm_cell/${suffix}`);
    const next = lstmStep(
      {
        ...this.#parameters,
        kernel: weight('kernel'),
        bias: weight('bias'),
        ...(this.#usePeepholes
          ? { peepholes: { i: weight('w_i_diag'), f: weight('w_f_diag'), o: weight('w_o_diag') } }
          : {}),
        ...(this.#project ? { projection: weight('projection/kernel') } : {}),
      },
      input,
      state,
    );
    return [next.h, next];
  }

  /** Undefined where an option goes beyond the kernel, and in a subclass with a step of its own. */
  get sequenceRunner(): SequenceRunner<LSTMStateTuple> | undefined {
    const changed = this.call !== CellBase.prototype.call || this.step !== LSTMCell.prototype.step;
    if (changed || !this.#plain) return undefined;
    return lstmSequenceRunner({
      kernel: weightOf(this, 'lstm_cell/kernel'),
      bias: weightOf(this, 'lstm_cell/bias'),
      forgetBias: this.#parameters.forgetBias,
    });
  }
}

function checkClips({ cellClip, projectionClip, projectionSize }: LSTMCellOptions): void {
  if (cellClip !== undefined) checkPositive('LSTMCell: cellClip', cellClip);
  if (projectionClip === undefined) return;
  checkPositive('LSTMCell: projectionClip', projectionClip);
  if (projectionSize === undefined) {
    throw new RangeError('LSTMCell: projectionClip: expected a projectionSize with it, got none');
  }
}

function specsOf(options: LSTMCellOptions): Record<string, VariableSpec> {
  const { inputSize, units, projectionSize, usePeepholes = false } = options;
  const { kernelInitializer = glorotUniform(), biasInitializer = zerosInitializer() } = options;
  const diagonal: VariableSpec = { shape: [units], initializer: kernelInitializer };
  return {
    kernel: {
      shape: [inputSize + (projectionSize ?? units), 4 * units],
      initializer: kernelInitializer,
    },
    bias: { shape: [4 * units], initializer: biasInitializer },
    ...(usePeepholes ? { w_f_diag: diagonal, w_i_diag: diagonal, w_o_diag: diagonal } : {}),
    ...(projectionSize === undefined
      ? {}
      : {
          'projection/kernel': { shape: [units, projectionSize], initializer: kernelInitializer },
        }),
  };
}
