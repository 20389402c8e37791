import type { LayerKind } from './layer.js';
import type { PlainTensors } from './plain-tensor.js';

/** An `nn.RNN`, `nn.LSTM` or `nn.GRU` of PyTorch as plain data. */
export interface PyTorchModule<Kind extends LayerKind = LayerKind> {
  readonly type: Kind;
  /** An `nn.RNN`'s. Default `'tanh'`. */
  readonly nonlinearity?: 'relu' | 'tanh';
  /**
   * What `module.state_dict()` holds: for each layer n `weight_ih_l<n>` `[k * hidden, inputSize]`,
   * `weight_hh_l<n>` `[k * hidden, outputSize]`, `bias_ih_l<n>` and `bias_hh_l<n>` `[k * hidden]` unless
   * it has no bias, `weight_hr_l<n>` `[proj, hidden]` with a projection, and all of them again with
   * `_reverse`. The k gates are i, f, g, o, or r, z, n.
   */
  readonly stateDict: PlainTensors;
}

/** The gates in our letters: PyTorch's i, f, g, o and r, z, n. */
export const PYTORCH_ORDER: Readonly<Record<LayerKind, string>> = {
  RNN: 'h',
  LSTM: 'ifjo',
  GRU: 'ruc',
};

/** What the names of one layer in one direction end in. */
export function pyTorchSuffix(layer: number, reverse: boolean): string {
  return `l${layer}${reverse ? '_reverse' : ''}`;
}
