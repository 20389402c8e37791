import type { Tensor } from '@tensorflow/tfjs-core';
import type { RNNCell } from '../rnn-cell.js';
import type { CellConfig } from './cell-config.js';

/** The options of `rnnLayer`: the cell, those of `tf.layers.rnn`, and those of every layer. */
export interface RNNLayerOptions {
  /**
   * The cell, as data: `{ type: 'LSTMCell', units: 128 }`; the layer makes one for the features of
   * its input, and the model can be saved. Or a cell object, which the layer then owns: it must take
   * the features of the input, and the model cannot be saved, since an object does not tell its options.
   */
  readonly cell: CellConfig | RNNCell<unknown>;
  /**
   * Whether the output is that of every step, `[batch, time, outputSize]`, with zeros past a row's
   * length. Default false: that of each row's last step, `[batch, outputSize]`.
   */
  readonly returnSequences?: boolean;
  /**
   * Whether the tensors of the final state follow the output, in the order of the cell's `stateSize`:
   * for an LSTM c, then h (tf.layers has h, then c), for a stack bottom to top. Default false.
   */
  readonly returnState?: boolean;
  /**
   * Whether each row is walked from its last step to its first. As in tf.layers, the sequence of outputs
   * is then reversed too. Default false.
   */
  readonly goBackwards?: boolean;
  /** `[time, features]`, of the first layer of a model; time may be null. */
  readonly inputShape?: readonly (number | null)[];
  /** `[batch, time, features]`, of the first layer of a model; batch and time may be null. */
  readonly batchInputShape?: readonly (number | null)[];
  /** Rows of every batch, with `inputShape`. Default: any number. */
  readonly batchSize?: number;
  /** Name of the layer, unique in its model. Default: another one each time. */
  readonly name?: string;
  /** Whether `fit` changes the weights. Default true. */
  readonly trainable?: boolean;
  /** First values of the weights, as `setWeights` takes them. Default: those of the initializers. */
  readonly weights?: readonly Tensor[];
}
