import type { LayerKind } from './layer.js';
import type { PlainTensors } from './plain-tensor.js';

/** The `class_name` of a recurrent layer of Keras. */
export type KerasLayerType = 'GRU' | 'LSTM' | 'SimpleRNN';

/** A recurrent layer of Keras, or of TensorFlow.js's tf.layers, as plain data. */
export interface KerasLayer<Type extends KerasLayerType = KerasLayerType> {
  /** Its `class_name`. */
  readonly type: Type;
  /** Its `get_config()`, of which what is named here counts. */
  readonly config?: KerasConfig;
  /**
   * Its weights: `kernel` `[inputSize, k * units]`, `recurrent_kernel` `[units, k * units]`, and unless it
   * has no bias `bias` `[k * units]`, or `[2, 3 * units]` in a GRU with `reset_after`. The k gates are
   * i, f, c, o, or z, r, h.
   */
  readonly weights: PlainTensors;
}

/** The part of a layer's config that says how it computes. */
export interface KerasConfig {
  /** Default `'tanh'`. */
  readonly activation?: string;
  /** Of the gates. Default `'sigmoid'`; tf.layers has another default, `'hard_sigmoid'`. */
  readonly recurrent_activation?: string;
  /** A GRU's. Default true; in tf.layers false. */
  readonly reset_after?: boolean;
  readonly units?: number;
  readonly use_bias?: boolean;
}

/** The kind of layer that each type is. */
export interface KerasKinds {
  readonly SimpleRNN: 'RNN';
  readonly LSTM: 'LSTM';
  readonly GRU: 'GRU';
}

export const KERAS_KINDS: KerasKinds = { SimpleRNN: 'RNN', LSTM: 'LSTM', GRU: 'GRU' };

/** The gates in our letters: Keras's i, f, c, o and z, r, h. */
export const KERAS_ORDER: Readonly<Record<LayerKind, string>> = {
  RNN: 'h',
  LSTM: 'ifjo',
  GRU: 'urc',
};
