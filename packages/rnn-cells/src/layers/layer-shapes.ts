import type { Shape } from '@tensorflow/tfjs-layers';
import { ShapeError } from '../checks/shape-error.js';
import type { StateSize } from '../rnn-cell.js';
import { stateSizes } from './state-list.js';

/** The shapes of a layer's inputs: of the sequence, and of the tensors of an initial state. */
export function shapesOf(shape: Shape | Shape[]): readonly [sequence: Shape, ...states: Shape[]] {
  return (Array.isArray(shape[0]) ? shape : [shape]) as [Shape, ...Shape[]];
}

/**
 * The features of sequences of a shape.
 *
 * @throws ShapeError if it is not `[batch, time, features]`, with features known
 */
export function featuresOf(where: string, shape: Shape): number {
  const features = shape[2];
  if (shape.length !== 3 || typeof features !== 'number') {
    throw new ShapeError(
      `${where}: inputs: expected shape [batch, time, features], got ${shapeText(shape)}`,
    );
  }
  return features;
}

/**
 * Asserts that the tensors of an initial state are as many as the cell's state has, with its features.
 *
 * @throws ShapeError otherwise
 */
export function checkStateShapes(
  where: string,
  shapes: readonly Shape[],
  stateSize: StateSize,
): void {
  if (shapes.length === 0) return;
  const sizes = stateSizes(stateSize);
  if (shapes.length !== sizes.length) {
    throw new ShapeError(
      `${where}: initialState: expected ${sizes.length} tensors, got ${shapes.length}`,
    );
  }
  for (const [i, shape] of shapes.entries()) {
    if (shape.length !== 2 || shape[1] !== sizes[i]) {
      throw new ShapeError(
        `${where}: initialState[${i}]: expected shape [batch, ${sizes[i]}], got ${shapeText(shape)}`,
      );
    }
  }
}

function shapeText(shape: Shape): string {
  return `[${shape.map((size) => size ?? 'any').join(', ')}]`;
}
