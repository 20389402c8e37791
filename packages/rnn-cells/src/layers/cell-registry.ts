import { BasicLSTMCell, type BasicLSTMCellOptions } from '../cells/basic-lstm-cell.js';
import { BasicRNNCell, type BasicRNNCellOptions } from '../cells/basic-rnn-cell.js';
import { GRUCell, type GRUCellOptions } from '../cells/gru-cell.js';
import {
  LayerNormBasicLSTMCell,
  type LayerNormBasicLSTMCellOptions,
} from '../cells/layer-norm-basic-lstm-cell.js';
import { LSTMCell, type LSTMCellOptions } from '../cells/lstm-cell.js';
import type { RNNCell } from '../rnn-cell.js';
import type { CustomCellConfig } from './cell-config.js';

/** Makes a cell of its options and the size of its input. */
export type MakeCell = (options: never) => RNNCell<unknown>;

/** The cells that are made of options alone, by their type. */
const builtIn: Readonly<Record<string, MakeCell>> = {
  BasicLSTMCell: (options: BasicLSTMCellOptions) => new BasicLSTMCell(options),
  BasicRNNCell: (options: BasicRNNCellOptions) => new BasicRNNCell(options),
  GRUCell: (options: GRUCellOptions) => new GRUCell(options),
  LayerNormBasicLSTMCell: (options: LayerNormBasicLSTMCellOptions) => {
    if ((options.dropoutKeepProb ?? 1) !== 1) {
      throw new RangeError(
        `LayerNormBasicLSTMCell: dropoutKeepProb: expected none in a layer, which could not switch it off for prediction, got ${options.dropoutKeepProb}`,
      );
    }
    return new LayerNormBasicLSTMCell(options);
  },
  LSTMCell: (options: LSTMCellOptions) => new LSTMCell(options),
};

/** The cells that are made of other cells. */
const wrappers: ReadonlySet<string> = new Set([
  'DropoutWrapper',
  'MultiRNNCell',
  'ResidualWrapper',
]);

const registered = new Map<string, MakeCell>();

/**
 * Makes a cell of your own known to `rnnLayer`, so that models with it can be saved and loaded. Register
 * it before a model with it is loaded; the last registration of a name counts.
 *
 * The cell needs `weights`: its variables go by these paths in a saved model.
 *
 * @param type - the name in configs and saved models, of letters and digits
 * @param make - makes a cell of its options and `inputSize`, the features of the layer's input. The
 * options are plain data: numbers, booleans, camelCase strings, arrays and objects of them
 * @returns a function that describes such a cell for `rnnLayer`
 * @throws RangeError if the name is that of one of this package's cells, or has other characters (of
 * which tf.layers would change some)
 */
export function registerCell<Options extends { readonly inputSize: number }>(
  type: string,
  make: (options: Options) => RNNCell<unknown>,
): (options: Omit<Options, 'inputSize'>) => CustomCellConfig {
  const taken = Object.hasOwn(builtIn, type) || wrappers.has(type);
  if (taken || !/^[A-Za-z][A-Za-z0-9]*$/.test(type)) {
    throw new RangeError(
      `registerCell: type: expected letters and digits, and none of this package's own cells, got '${type}'`,
    );
  }
  registered.set(type, make);
  return (options) => ({ ...options, type: type as CustomCellConfig['type'] });
}

/** What makes the cells of a type, and whether the type is somebody else's. */
export function findCell(
  type: string,
): { readonly make: MakeCell; readonly isCustom: boolean } | undefined {
  if (Object.hasOwn(builtIn, type)) return { make: builtIn[type]!, isCustom: false };
  const make = registered.get(type);
  return make && { make, isCustom: true };
}

/** The types that a layer knows. */
export function knownCells(): readonly string[] {
  return [...Object.keys(builtIn), ...wrappers, ...registered.keys()];
}
