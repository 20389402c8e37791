import type { ActivationName } from '../activation.js';
import type { PlainTensor } from './plain-tensor.js';

/** The three kinds of layer that all systems have, by the name that PyTorch and ONNX give them. */
export type LayerKind = 'GRU' | 'LSTM' | 'RNN';

export const LAYER_KINDS: readonly LayerKind[] = ['RNN', 'LSTM', 'GRU'];

/** The gates of each kind in TensorFlow 1's order: i, j, f, o, and r, u, then the candidate c. */
export const GATE_ORDER: Readonly<Record<LayerKind, string>> = {
  RNN: 'h',
  LSTM: 'ijfo',
  GRU: 'ruc',
};

/**
 * What the systems have in common, whatever their order: with the gates side by side, of which there
 * are k, what goes into them is
 *
 * `x · kernel + bias + h · recurrentKernel + recurrentBias`
 */
export interface Gates {
  /** `[inputSize, k * units]` */
  readonly kernel: PlainTensor;
  /** `[outputSize, k * units]` */
  readonly recurrentKernel: PlainTensor;
  /** `[k * units]` */
  readonly bias: PlainTensor;
  /** `[k * units]`; counts by itself in the candidate of a GRU that resets after the product alone. */
  readonly recurrentBias: PlainTensor;
}

interface LayerOf<Kind extends LayerKind> {
  readonly kind: Kind;
  /** Of the state, the new input and the output, or the candidate; gates are sigmoids. */
  readonly activation: ActivationName;
  /** In {@link GATE_ORDER}. */
  readonly gates: Gates;
}

export type RNNLayer = LayerOf<'RNN'>;

export interface LSTMLayer extends LayerOf<'LSTM'> {
  /** Each `[units]`. */
  readonly peepholes?: {
    readonly i: PlainTensor;
    readonly f: PlainTensor;
    readonly o: PlainTensor;
  };
  /** `[units, projectionSize]` */
  readonly projection?: PlainTensor;
}

export interface GRULayer extends LayerOf<'GRU'> {
  readonly resetAfter: boolean;
}

/** One layer in one direction, on its way from one system to another; all forget bias is in the bias. */
export type Layer = GRULayer | LSTMLayer | RNNLayer;

/** Features of the input, size of the state's memory, and of the output. */
export interface LayerSizes {
  readonly inputSize: number;
  readonly units: number;
  readonly outputSize: number;
}

export function sizesOf({ kind, gates: { kernel, recurrentKernel } }: Layer): LayerSizes {
  return {
    inputSize: kernel.shape[0]!,
    units: kernel.shape[1]! / GATE_ORDER[kind].length,
    outputSize: recurrentKernel.shape[0]!,
  };
}
