import type { LayerKind } from './layer.js';
import type { PlainTensors } from './plain-tensor.js';

/** A node of ONNX's operator RNN, LSTM or GRU as plain data. */
export interface ONNXNode<Kind extends LayerKind = LayerKind> {
  /** Its `op_type`. */
  readonly type: Kind;
  readonly attributes?: ONNXAttributes;
  /**
   * Those inputs that are weights, for d directions: `W` `[d, k * units, inputSize]`, `R`
   * `[d, k * units, units]`, and if it has them `B` `[d, 2 * k * units]` and an LSTM's peepholes `P`
   * `[d, 3 * units]`, of i, o, f. The k gates are i, o, f, c, or z, r, h.
   */
  readonly inputs: PlainTensors;
}

/** The attributes that say how a node computes. `layout` is about its other inputs. */
export interface ONNXAttributes {
  /** `'forward'` (default), `'reverse'` or `'bidirectional'`. */
  readonly direction?: string;
  readonly hidden_size?: number;
  /** By direction: f; f, g, h of an LSTM; f, g of a GRU. Default: sigmoid gates, and tanh. */
  readonly activations?: readonly string[];
  /** One for each activation that takes some. */
  readonly activation_alpha?: readonly number[];
  readonly activation_beta?: readonly number[];
  readonly clip?: number;
  readonly input_forget?: number;
  /** A GRU's. Default 0: the reset gate comes before the product. */
  readonly linear_before_reset?: number;
  readonly layout?: number;
}

/** The gates in our letters: ONNX's i, o, f, c and z, r, h. */
export const ONNX_ORDER: Readonly<Record<LayerKind, string>> = {
  RNN: 'h',
  LSTM: 'iofj',
  GRU: 'urc',
};
