import { clone, Tensor, type Tensor2D, type TensorContainer, zeros } from '@tensorflow/tfjs-core';
import type { StateSize } from './rnn-cell.js';

/**
 * Applies `change` to the tensors that stand at the same place in states of one structure, and
 * gives the results in that structure.
 */
export function mapStates<State>(
  change: (...tensors: Tensor2D[]) => Tensor2D,
  ...states: State[]
): State {
  const [first] = states;
  if (first instanceof Tensor) return change(...(states as Tensor2D[])) as State;
  const keys = Object.keys(first as object);
  const mapped = keys.map((key): [string, unknown] => [
    key,
    mapStates(change, ...states.map((state) => (state as Record<string, unknown>)[key])),
  ]);
  return (
    Array.isArray(first) ? mapped.map(([, value]) => value) : Object.fromEntries(mapped)
  ) as State;
}

/** The tensors of a state, in its own order. */
export function stateTensors(state: unknown): Tensor2D[] {
  if (state instanceof Tensor) return [state as Tensor2D];
  return Object.values(state as object).flatMap(stateTensors);
}

/**
 * The same state with every tensor that somebody else owns already, or that stands in two places,
 * replaced by a clone, so that each tensor of a result can be disposed on its own.
 *
 * @param owned - what has an owner; the state's tensors are added to it
 */
export function ownedState<State>(state: State, owned: Set<Tensor>): State {
  return mapStates((tensor) => {
    const own = owned.has(tensor) ? clone(tensor) : tensor;
    owned.add(own);
    return own;
  }, state);
}

/** Zeros `[batch, size]` in the structure of `stateSize`. */
export function zeroStateOf(stateSize: StateSize, batch: number): TensorContainer {
  if (typeof stateSize === 'number') return zeros([batch, stateSize]);
  if (Array.isArray(stateSize)) return stateSize.map((size) => zeroStateOf(size, batch));
  return Object.fromEntries(
    Object.entries(stateSize).map(([name, size]) => [name, zeroStateOf(size, batch)]),
  );
}
