import { MultiRNNCell } from '../cells/multi-rnn-cell.js';
import { kind } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';
import type { RNNCell } from '../rnn-cell.js';
import { DropoutWrapper } from '../wrappers/dropout-wrapper.js';
import { ResidualWrapper } from '../wrappers/residual-wrapper.js';
import type {
  CellConfig,
  DropoutWrapperConfig,
  MultiRNNCellConfig,
  ResidualWrapperConfig,
} from './cell-config.js';
import { type CellPair, joinPairs, mapPair } from './cell-pair.js';
import { findCell, knownCells } from './cell-registry.js';

/**
 * Makes the cell that a config describes, for an input of `inputSize` features; all of it, or none.
 *
 * @throws RangeError if a type is not known, or an option is not allowed
 * @throws ShapeError if a cell takes another input
 * @throws TypeError if a registered cell has no `weights`
 */
export function makeCell(where: string, config: CellConfig, inputSize: number): CellPair {
  switch (config.type) {
    case 'MultiRNNCell':
      return makeStack(where, config as MultiRNNCellConfig, inputSize);
    case 'ResidualWrapper': {
      const { type: _, cell, ...options } = config as ResidualWrapperConfig;
      return wrapCell(makeCell(where, cell, inputSize), (inner) =>
        mapPair(inner, (one) => new ResidualWrapper(one, options)),
      );
    }
    case 'DropoutWrapper': {
      const { type: _, cell, ...options } = config as DropoutWrapperConfig;
      return wrapCell(makeCell(where, cell, inputSize), ({ training, inference }) => ({
        training: new DropoutWrapper(training, options),
        inference,
      }));
    }
    default:
      return makeSimple(where, config, inputSize);
  }
}

/** Makes a cell of options alone. */
function makeSimple(where: string, config: CellConfig, inputSize: number): CellPair {
  const { type, ...options } = config;
  const found = findCell(type);
  if (found === undefined) {
    throw new RangeError(
      `${where}: cell.type: expected one of ${knownCells().join(', ')}, got '${type}' (registerCell makes others known)`,
    );
  }
  const cell = found.make({ inputSize, ...options } as never);
  try {
    checkInputSize(where, cell, inputSize);
    if (found.isCustom && cell.weights === undefined && cell.trainableVariables.length > 0) {
      throw new TypeError(
        `${where}: cell: expected a ${type} with 'weights', the paths by which its variables are saved, got none`,
      );
    }
  } catch (error) {
    cell.dispose();
    throw error;
  }
  return { training: cell, inference: cell };
}

function makeStack(where: string, { cells }: MultiRNNCellConfig, inputSize: number): CellPair {
  if (!Array.isArray(cells)) {
    throw new TypeError(`${where}: cell.cells: expected an array, got ${kind(cells)}`);
  }
  const pairs: CellPair[] = [];
  try {
    let size = inputSize;
    for (const config of cells as readonly CellConfig[]) {
      const pair = makeCell(where, config, size);
      pairs.push(pair);
      size = pair.training.outputSize;
    }
    return joinPairs(pairs, (stack) => new MultiRNNCell(stack));
  } catch (error) {
    for (const { training } of pairs) training.dispose();
    throw error;
  }
}

/** Wraps a cell that was just made, and frees it where that fails. */
function wrapCell(inner: CellPair, wrap: (inner: CellPair) => CellPair): CellPair {
  try {
    return wrap(inner);
  } catch (error) {
    inner.training.dispose();
    throw error;
  }
}

/** Asserts that a cell takes inputs of so many features. */
export function checkInputSize(where: string, cell: RNNCell<unknown>, inputSize: number): void {
  if (cell.inputSize !== inputSize) {
    throw new ShapeError(
      `${where}: cell: expected inputSize ${inputSize}, the features of the input, got ${cell.inputSize}`,
    );
  }
}
