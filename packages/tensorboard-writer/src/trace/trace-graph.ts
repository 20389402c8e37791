import {
  keep,
  type NamedTensorMap,
  type Tensor,
  type TensorContainer,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { GraphAttribute, GraphNode } from '../graph/graph-node.js';
import type { NodeStats } from '../graph/node-stats.js';
import type { Entry, TensorKind } from './entry.js';
import { intercept } from './intercept.js';
import { nameEntries } from './name-entries.js';
import { Recorder } from './recorder.js';

/** What a trace is told of the tensors that a function computes with. */
export interface TraceGraphOptions {
  /**
   * Tensors that stand for what is fed in, by the names of their Placeholder nodes. Other tensors from
   * outside of the function are constants. Default none.
   */
  readonly inputs?: NamedTensorMap;
  /** Names for variables' nodes. Default: the variable's own name. */
  readonly variables?: Readonly<Record<string, Variable>>;
  /**
   * A size that stands for any: axes of just this size are written as unknown, TensorFlow's `?`. Take one
   * that no other axis has. Default none.
   */
  readonly batchSize?: number;
}

/** What a function computes, for `SummaryWriter.graph`, and what it took, for `SummaryWriter.runMetadata`. */
export interface GraphTrace {
  readonly nodes: readonly GraphNode[];
  /**
   * Time and memory of each kernel in this one call, in which nothing is warm yet. On a GPU it is the time
   * to hand the work over.
   */
  readonly stats: readonly NodeStats[];
}

let tracing = false;

/**
 * Calls a function of TensorFlow.js's ops, and gives what it computes as a graph: a node for each kernel
 * that it runs, with shapes, and nodes for variables, for `inputs` and for other tensors.
 *
 * A node is in a group for each named `tidy` (`tidy('loss', () => ...)`) and each op of several kernels
 * around it; a backward pass (`grads`, `variableGrads`) is in the group `gradients`, in it a group for each
 * node that is differentiated. Kernels have TensorFlow's names for what they compute, and keep their own
 * where TensorFlow has none. Clones are no nodes.
 *
 * The call leaves no tensor behind, and no variable with another value; what is made for good in it (an
 * optimizer's slots) stays the caller's.
 *
 * @param body - computes, synchronously; whatever it returns is disposed
 * @param options - names for tensors that come from outside
 * @returns nodes and their stats
 * @throws TypeError if the function returns a promise
 * @throws Error if it calls `traceGraph` itself
 * @throws whatever the function throws
 */
export function traceGraph(
  body: () => TensorContainer,
  options: TraceGraphOptions = {},
): GraphTrace {
  const { inputs = {}, variables = {} } = options;
  if (tracing) throw new Error('traceGraph: expected no trace within a trace, got one');
  const names = Object.entries(variables).map(([name, { id }]) => [id, name] as const);
  const recorder = new Recorder(new Map(names));
  for (const [name, tensor] of Object.entries(inputs)) recorder.placeholder(name, tensor);
  record(body, recorder);
  return toTrace(recorder.entries, options);
}

function record(body: () => TensorContainer, recorder: Recorder): void {
  const values = new Map<Variable, Tensor>();
  const end = intercept(recorder, (variable) => {
    if (!values.has(variable)) values.set(variable, keep(variable.clone()));
  });
  tracing = true;
  try {
    tidy(() => {
      const result: unknown = body();
      if (result instanceof Promise) {
        throw new TypeError('traceGraph: body: expected a synchronous function, got a promise');
      }
    });
  } finally {
    tracing = false;
    end();
    for (const [variable, value] of values) {
      if (!variable.isDisposed) variable.assign(value);
      value.dispose();
    }
  }
}

function toTrace(entries: readonly Entry[], { batchSize }: TraceGraphOptions): GraphTrace {
  const names = nameEntries(entries);
  const toShape = (shape: readonly number[]) =>
    shape.map((size) => (size === batchSize ? null : size));
  const nodes = entries.map((entry) => ({
    name: names.get(entry)!,
    op: entry.op,
    inputs: entry.inputs.map((input) => {
      const name = names.get(input.entry)!;
      return input.output === 0 ? name : `${name}:${input.output}`;
    }),
    attributes: attributesOf(entry, toShape),
  }));
  const stats = entries.flatMap(({ time, outputs }, i) =>
    time === undefined ? [] : [{ name: nodes[i]!.name, ...time, outputs, bytes: bytesOf(outputs) }],
  );
  return { nodes, stats };
}

type ToShape = (shape: readonly number[]) => (number | null)[];

function attributesOf(entry: Entry, toShape: ToShape): Record<string, GraphAttribute> {
  const [first] = entry.outputs;
  return {
    ...(entry.time && first && { T: { dtype: first.dtype } }),
    ...Object.fromEntries(
      Object.entries(entry.attributes).map(([name, value]) => [name, withShapes(value, toShape)]),
    ),
    _output_shapes: entry.outputs.map(({ shape }) => ({ shape: toShape(shape) })),
  };
}

/** An attribute with the sizes of batches as unknown. A constant of unknown shape has no values. */
function withShapes(attribute: GraphAttribute, toShape: ToShape): GraphAttribute {
  if (typeof attribute !== 'object') return attribute;
  if ('shape' in attribute) return { shape: toShape(attribute.shape as number[]) };
  if (!('tensor' in attribute)) return attribute;
  const { dtype, shape, values } = attribute.tensor;
  const sizes = toShape(shape as number[]);
  const known = values !== undefined && !sizes.includes(null);
  return { tensor: { dtype, shape: sizes, ...(known && { values }) } };
}

function bytesOf(outputs: readonly TensorKind[]): number {
  return outputs.reduce((sum, { dtype, shape }) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return sum + size * (dtype === 'bool' ? 1 : dtype === 'complex64' ? 8 : 4);
  }, 0);
}
