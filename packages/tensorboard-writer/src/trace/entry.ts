import type { DataType } from '@tensorflow/tfjs-core';
import type { GraphAttribute } from '../graph/graph-node.js';

/** A group that a node is in. */
export interface Scope {
  /** One for each time that a scope is entered, within the scope around it. */
  readonly id: string;
  /** Its name, or the node whose gradient is computed in it. */
  readonly label: string | Entry;
  /** Whether it is of an op of TensorFlow.js, and so a group only if several kernels are in it. */
  readonly ofOp: boolean;
}

/** What a tensor is. */
export interface TensorKind {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

/** An output of a node. */
export interface Endpoint {
  readonly entry: Entry;
  readonly output: number;
}

/** A node before it has a name. */
export interface Entry {
  readonly op: string;
  /** Its name within its scopes. */
  readonly label: string;
  /** From the outermost to the innermost; none for a node whose label is its whole name. */
  readonly scopes: readonly Scope[];
  readonly inputs: readonly Endpoint[];
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
  readonly outputs: readonly TensorKind[];
  /** When it began and how long it took, where it is a kernel. */
  readonly time?: { readonly startMicros: number; readonly micros: number };
}
