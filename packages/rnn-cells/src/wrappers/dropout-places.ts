import { mul, Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { StateSize } from '../rnn-cell.js';
import { type Dropout, dropoutMask } from './dropout.js';

/** Where features are dropped: input, state or output. */
export interface Place {
  readonly keepProb: number;
  /** Features of each tensor there. */
  readonly sizes: readonly number[];
  readonly seed: string | undefined;
  readonly stepwise: Dropout;
}

/** Drops from one of a place's tensors. */
export type PlaceDropout = (x: Tensor2D, tensor: number) => Tensor2D;

/** Draws masks anew at each step. */
export function stepwiseDropout({ keepProb, stepwise }: Place): PlaceDropout {
  return keepProb === 1 ? (x) => x : (x) => stepwise(x);
}

/** Draws a mask `[1, features]` for each tensor now, and keeps it. */
export function maskedDropout({ keepProb, sizes, seed }: Place, sequence: number): PlaceDropout {
  if (keepProb === 1) return (x) => x;
  const masks = sizes.map((size, tensor) => {
    const maskSeed = seed === undefined ? undefined : `${seed}/${sequence}/${tensor}`;
    return dropoutMask([1, size], keepProb, maskSeed);
  });
  return (x, tensor) => mul(x, masks[tensor]!);
}

/** Features of the tensors of a state that may be dropped. */
export function droppedSizes(stateSize: StateSize): readonly number[] {
  const sizes: number[] = [];
  mapDropped(stateSize, (size: number) => sizes.push(size));
  return sizes;
}

/** Maps the leaves of a state, or of its sizes, that may be dropped: all but an LSTM's c. */
export function mapDropped<Structure>(
  structure: Structure,
  change: (leaf: never, index: number) => unknown,
): Structure {
  let index = 0;
  const visit = (part: unknown): unknown => {
    if (typeof part === 'number' || part instanceof Tensor) return change(part as never, index++);
    if (Array.isArray(part)) return part.map(visit);
    const names = Object.entries(part as object);
    const isLSTM = 'c' in (part as object) && 'h' in (part as object);
    return Object.fromEntries(
      names.map(([name, value]) => [name, isLSTM && name === 'c' ? value : visit(value)]),
    );
  };
  return visit(structure) as Structure;
}
