import type { Rank, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { type Activation, activationFunction } from '../activation.js';
import { checkFinite } from '../checks/check-number.js';
import { checkKeepProb } from '../checks/check-keep-prob.js';
import { checkSize } from '../checks/check-size.js';
import { constantInitializer } from '../initializers/constant-initializer.js';
import { glorotUniform } from '../initializers/glorot-uniform.js';
import type { Initializer } from '../initializers/initializer.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import { type Dropout, seededDropout } from '../wrappers/dropout.js';
import { CellBase } from './cell-base.js';
import type { VariableSpec } from './cell-variables.js';
import { layerNormLSTMStep, type Norm, type NormName } from './layer-norm-lstm-step.js';
import type { LSTMStateSize, LSTMStateTuple } from './lstm-state-tuple.js';
import { weightOf } from './weight-of.js';

export interface LayerNormBasicLSTMCellOptions {
  /** Features of the input. */
  readonly inputSize: number;
  /** Size of the memory and of the output. */
  readonly units: number;
  /** Added to the forget gate at each step. Default 1. */
  readonly forgetBias?: number;
  /** Of the new input and of the output; the gates are sigmoids. Default `'tanh'`. */
  readonly activation?: Activation;
  /** Whether gates and memory are normalised; without it a bias is added. Default true. */
  readonly layerNorm?: boolean;
  /** First scale of each norm. Default 1. */
  readonly normGain?: number;
  /** First offset of each norm. Default 0. */
  readonly normShift?: number;
  /** Share of the new input that is kept at each step, in (0, 1]. Default 1: all of it. */
  readonly dropoutKeepProb?: number;
  /** Of the dropout. Default: another one each time. */
  readonly dropoutSeed?: number;
  /** Of the joined kernel `[inputSize + units, 4 * units]`. Default {@link glorotUniform}. */
  readonly kernelInitializer?: Initializer;
  /** Where there is no norm. Default {@link zerosInitializer}. */
  readonly biasInitializer?: Initializer;
  /** Scope of the variables' names. Default `layer_norm_basic_lstm_cell`, counted up. */
  readonly name?: string;
}

const scope = 'layer_norm_basic_lstm_cell';
const normNames: readonly NormName[] = ['input', 'transform', 'forget', 'output', 'state'];

/**
 * The LSTM with layer normalisation and recurrent dropout, TensorFlow 1's `LayerNormBasicLSTMCell`;
 * {@link layerNormLSTMStep} has the equations.
 *
 * Its state is `{ c, h }`, each `[batch, units]`. The cell owns `kernel` `[inputSize + units, 4 * units]`
 * with the columns i, j, f, o, and `gamma` and `beta` `[units]` for each of `input`, `transform`,
 * `forget`, `output` and `state`; without norms `bias` `[4 * units]` instead.
 *
 * Source: Ba, Kiros and Hinton, Layer normalization, 2016; TensorFlow 1's contrib.
 */
export class LayerNormBasicLSTMCell extends CellBase<LSTMStateTuple, LSTMStateSize> {
  readonly #forgetBias: number;
  readonly #activation: (x: Tensor2D) => Tensor2D;
  readonly #layerNorm: boolean;
  readonly #dropout: Dropout | undefined;

  /**
   * @param options - sizes, norms, dropout, initializers
   * @throws RangeError if a size is not a whole number from 1, the keep probability not in (0, 1], a
   * number not finite, the activation's name not known, or the name taken
   */
  constructor(options: LayerNormBasicLSTMCellOptions) {
    const { inputSize, units, forgetBias = 1, activation = 'tanh', name } = options;
    const { layerNorm = true, dropoutKeepProb = 1, dropoutSeed } = options;
    checkSize('LayerNormBasicLSTMCell: inputSize', inputSize);
    checkSize('LayerNormBasicLSTMCell: units', units);
    checkFinite('LayerNormBasicLSTMCell: forgetBias', forgetBias);
    checkKeepProb('LayerNormBasicLSTMCell: dropoutKeepProb', dropoutKeepProb);
    const compute = activationFunction('LayerNormBasicLSTMCell', activation);
    super({
      where: 'LayerNormBasicLSTMCell',
      scope,
      name,
      inputSize,
      outputSize: units,
      stateSize: { c: units, h: units },
      specs: specsOf(options),
    });
    this.#forgetBias = forgetBias;
    this.#activation = compute;
    this.#layerNorm = layerNorm;
    this.#dropout = dropoutKeepProb < 1 ? seededDropout(dropoutKeepProb, dropoutSeed) : undefined;
  }

  protected override step(
    input: Tensor2D,
    state: LSTMStateTuple,
  ): [output: Tensor2D, nextState: LSTMStateTuple] {
    const weight = <R extends Rank>(suffix: string): Variable<R> =>
      weightOf(this, `${scope}/${suffix}`);
    const norm = (place: NormName): Norm => ({
      gamma: weight(`${place}/gamma`),
      beta: weight(`${place}/beta`),
    });
    const next = layerNormLSTMStep(
      {
        kernel: weight('kernel'),
        forgetBias: this.#forgetBias,
        activation: this.#activation,
        ...(this.#layerNorm
          ? { norms: Object.fromEntries(normNames.map((place) => [place, norm(place)])) as never }
          : { bias: weight('bias') }),
        ...(this.#dropout === undefined ? {} : { dropout: this.#dropout }),
      },
      input,
      state,
    );
    return [next.h, next];
  }
}

function specsOf(options: LayerNormBasicLSTMCellOptions): Record<string, VariableSpec> {
  const { inputSize, units, layerNorm = true, normGain = 1, normShift = 0 } = options;
  const { kernelInitializer = glorotUniform(), biasInitializer = zerosInitializer() } = options;
  const specs: Record<string, VariableSpec> = {
    kernel: { shape: [inputSize + units, 4 * units], initializer: kernelInitializer },
  };
  if (!layerNorm) {
    specs['bias'] = { shape: [4 * units], initializer: biasInitializer };
    return specs;
  }
  for (const place of normNames) {
    specs[`${place}/gamma`] = { shape: [units], initializer: constantInitializer(normGain) };
    specs[`${place}/beta`] = { shape: [units], initializer: constantInitializer(normShift) };
  }
  return specs;
}
