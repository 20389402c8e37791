import {
  add,
  matMul,
  type Rank,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import {
  dynamicRNN,
  getWeights,
  glorotUniform,
  MultiRNNCell,
  type RNNCell,
  zerosInitializer,
} from '@unroll/rnn-cells';
import {
  accuracy,
  type Evaluation,
  type NamedVariables,
  sparseSoftmaxCrossEntropy,
} from '@unroll/trainer';
import { buildLayer, type CellKind, type LayerState, outputOf } from './cell-kind.js';

/** The tutorial's hyperparameters. */
export const rowClassifierDefaults = {
  cell: 'basic-rnn',
  layers: 1,
  units: 31,
  batchSize: 128,
  epochs: 10,
  learningRate: 0.001,
} as const;

export interface RowClassifierOptions {
  readonly cell: CellKind;
  readonly layers: number;
  readonly units: number;
  /** The same seed gives the same first weights. */
  readonly seed: number;
}

// A type, not an interface, which TensorFlow.js would not take for a container of tensors.
export type LabelledImages = {
  /** `[batch, 784]` or `[batch, 28, 28]`, pixels in [0, 1]. */
  readonly images: Tensor;
  /** int32 `[batch]` */
  readonly labels: Tensor;
};

const rows = 28;
const columns = 28;
const classes = 10;

/**
 * TensorFlow's classic row-by-row reader of digits: an image is a sequence of its 28 rows, each row
 * an input of 28 pixels; the top layer's output of the last row goes into a dense layer of 10.
 */
export class RowClassifier {
  readonly #cell: RNNCell<LayerState | readonly LayerState[]>;
  readonly #kernel: Variable;
  readonly #bias: Variable;

  constructor({ cell, layers, units, seed }: RowClassifierOptions) {
    const stack = Array.from({ length: layers }, (_, layer) =>
      buildLayer(cell, {
        inputSize: layer === 0 ? columns : units,
        units,
        seed: `${seed}/cell_${layer}`,
      }),
    );
    this.#cell = layers === 1 ? stack[0]! : new MultiRNNCell(stack);
    const initializer = glorotUniform({ seed: `${seed}/dense` });
    this.#kernel = tidy(() => variable(initializer([units, classes])));
    this.#bias = tidy(() => variable(zerosInitializer()([classes])));
  }

  /** By TensorFlow 1's names. */
  get variables(): NamedVariables {
    return {
      ...getWeights(this.#cell),
      'dense/kernel': this.#kernel,
      'dense/bias': this.#bias,
    };
  }

  get parameterCount(): number {
    return Object.values(this.variables).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param images - `[batch, 784]` or `[batch, 28, 28]`
   * @returns unscaled log-probabilities `[batch, 10]`; the caller owns them
   */
  logits(images: Tensor): Tensor2D {
    return tidy(() => {
      const sequence = reshape<Rank.R3>(images, [-1, rows, columns]);
      const { finalState } = dynamicRNN(this.#cell, sequence);
      const top = (Array.isArray(finalState) ? finalState.at(-1) : finalState) as LayerState;
      return add(matMul(outputOf(top), this.#kernel as Variable & Tensor2D), this.#bias);
    });
  }

  /** Mean cross-entropy and accuracy of a batch, as `train` wants them. */
  evaluate({ images, labels }: LabelledImages): Evaluation & { metrics: { accuracy: Scalar } } {
    const logits = this.logits(images);
    return {
      loss: sparseSoftmaxCrossEntropy(labels as Tensor1D, logits),
      metrics: { accuracy: accuracy(labels as Tensor1D, logits) },
    };
  }

  dispose(): void {
    this.#cell.dispose();
    this.#kernel.dispose();
    this.#bias.dispose();
  }
}
