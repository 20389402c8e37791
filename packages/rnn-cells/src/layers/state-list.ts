import { Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { StateSize } from '../rnn-cell.js';

/** The sizes of a state's tensors in the order in which layers pass them: an LSTM's c, then h. */
export function stateSizes(stateSize: StateSize): number[] {
  if (typeof stateSize === 'number') return [stateSize];
  return Object.values<StateSize>(stateSize as Record<string, StateSize>).flatMap(stateSizes);
}

/** The tensors of a state in the order of {@link stateSizes}. */
export function stateToList(state: unknown, stateSize: StateSize): Tensor2D[] {
  if (state instanceof Tensor) return [state as Tensor as Tensor2D];
  return Object.entries<StateSize>(stateSize as Record<string, StateSize>).flatMap(([key, size]) =>
    stateToList((state as Record<string, unknown>)[key], size),
  );
}

/** The state whose tensors stand in a list, as many as it has. */
export function listToState(tensors: readonly Tensor2D[], stateSize: StateSize): unknown {
  let next = 0;
  const build = (size: StateSize): unknown => {
    if (typeof size === 'number') return tensors[next++];
    if (Array.isArray(size)) return size.map(build);
    return Object.fromEntries(Object.entries(size).map(([key, part]) => [key, build(part)]));
  };
  return build(stateSize);
}
