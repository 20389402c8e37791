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
  denseSparseSoftmaxCrossEntropy,
  type Evaluation,
  type NamedVariables,
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
  readonly #kernel: Tensor2D & Variable;
  readonly #bias: Tensor1D & Variable;

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
    this.#kernel = tidy(() => variable(initializer([units, classes]))) as Tensor2D & Variable;
    this.#bias = tidy(() => variable(zerosInitializer()([classes]))) as Tensor1D & Variable;
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
      const features = this.#read(images);
      return tidy('dense', () => add(matMul(features, this.#kernel), this.#bias));
    });
  }

  /** Mean cross-entropy and accuracy of a batch, as `train` wants them; the caller owns them. */
  evaluate(batch: LabelledImages): Evaluation & { metrics: { accuracy: Scalar } } {
    return tidy(() => {
      const labels = batch.labels as Tensor1D;
      const { loss, logits } = denseSparseSoftmaxCrossEntropy({
        inputs: this.#read(batch.images),
        kernel: this.#kernel,
        bias: this.#bias,
        labels,
      });
      return { loss, metrics: { accuracy: accuracy(labels, logits) } };
    });
  }

  /** The top layer's output of the last row, `[batch, units]`. */
  #read(images: Tensor): Tensor2D {
    const sequence = reshape<Rank.R3>(images, [-1, rows, columns]);
    const { finalState } = dynamicRNN(this.#cell, sequence);
    return outputOf((Array.isArray(finalState) ? finalState.at(-1) : finalState) as LayerState);
  }

  dispose(): void {
    this.#cell.dispose();
    this.#kernel.dispose();
    this.#bias.dispose();
  }
}
