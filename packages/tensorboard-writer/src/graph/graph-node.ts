import type { GraphDataType } from './graph-data-type.js';

/** Sizes of a tensor's axes, null for one that is not known. */
export type GraphShape = readonly (number | null)[];

/** A tensor in a graph. */
export interface GraphTensor {
  readonly dtype: GraphDataType;
  readonly shape: GraphShape;
  /**
   * In row-major order: numbers, booleans for `bool`, strings for `string`. TensorBoard needs none of
   * them to draw a graph. Default none.
   */
  readonly values?: ArrayLike<number> | readonly boolean[] | readonly string[];
}

/** One value of an attribute, or one of a list. */
export type GraphAttributeItem =
  | boolean
  | string
  | Uint8Array
  /** Whole numbers are written as integers, others as float32. */
  | number
  /** A float32 that may be whole. */
  | { readonly float: number }
  | { readonly dtype: GraphDataType }
  /** Null where not even the rank is known. */
  | { readonly shape: GraphShape | null }
  | { readonly tensor: GraphTensor }
  /** The name of a function. */
  | { readonly func: string };

/** What an attribute of a node may be: a value, or a list of values of one kind. */
export type GraphAttribute = GraphAttributeItem | readonly GraphAttributeItem[];

/** A computation in a graph, TensorFlow's NodeDef. */
export interface GraphNode {
  /** Unique; slashes make groups: `rnn/lstm_cell/MatMul`. */
  readonly name: string;
  /** What it computes: `MatMul`, `Placeholder`, `Const`, `VariableV2`, or any name of your own. */
  readonly op: string;
  /**
   * Nodes that it takes its arguments from: `name`, `name:1` for the second output, `^name` for a node
   * that only has to come first. Default none.
   */
  readonly inputs?: readonly string[];
  /** Where it runs: `/device:CPU:0`. Default none. */
  readonly device?: string;
  /**
   * By name. TensorBoard labels edges with the shapes in `_output_shapes`, a list of a shape for each
   * output. Default none.
   */
  readonly attributes?: Readonly<Record<string, GraphAttribute>>;
}
