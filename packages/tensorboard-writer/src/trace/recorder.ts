import { type NamedAttrMap, type Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Endpoint, Entry } from './entry.js';
import { attributesOfKernel, labelOfOp, opOfKernel } from './kernel-op.js';
import { Scopes } from './scopes.js';

/** Values of more elements than this are left out of a graph: it is to be looked at. */
const MAX_CONSTANT_SIZE = 16;

/** A kernel that has run. */
export interface KernelCall {
  readonly kernelName: string;
  readonly inputs: readonly Tensor[];
  readonly attrs: NamedAttrMap | undefined;
  readonly outputs: readonly Tensor[];
  readonly time: NonNullable<Entry['time']>;
}

/** Collects the nodes of a trace, and knows which of them a tensor comes from. */
export class Recorder {
  readonly entries: Entry[] = [];
  readonly scopes: Scopes = new Scopes();
  /** By the tensor's id: its data's identity is shared by views and clones, and changes in variables. */
  readonly #sources = new Map<number, Endpoint>();
  /** What clones are of. A kernel clones its output before anyone knows where that comes from. */
  readonly #originals = new Map<number, Tensor>();
  /** By the data and shape of what went into kernels and came out of them, the last of each. */
  readonly #byData = new WeakMap<object, Map<string, Tensor>>();
  /** Constants that nothing has used yet. */
  readonly #constants = new Map<number, Entry>();
  readonly #variableNames: ReadonlyMap<number, string>;

  constructor(variableNames: ReadonlyMap<number, string>) {
    this.#variableNames = variableNames;
  }

  /** A tensor that is handed in. */
  placeholder(label: string, tensor: Tensor): void {
    this.#add(nodeOf({ op: 'Placeholder', label, tensor }), [tensor]);
  }

  kernel({ kernelName, inputs, attrs, outputs, time }: KernelCall): void {
    const op = opOfKernel(kernelName, inputs);
    const entry = {
      op,
      label: labelOfOp(op),
      scopes: this.scopes.current,
      inputs: inputs.map((input) => this.#sourceOf(input)),
      attributes: attributesOfKernel(attrs),
      outputs: outputs.map(({ dtype, shape }) => ({ dtype, shape })),
      time,
    };
    this.#add(entry, outputs);
    for (const tensor of [...inputs, ...outputs]) this.#remember(tensor);
  }

  /** A tensor that was made of another one's data, without a kernel. */
  share(tensor: Tensor): void {
    const original = this.#byData.get(tensor.dataId)?.get(tensor.shape.join());
    if (original !== undefined) this.clone(tensor, original);
  }

  #remember(tensor: Tensor): void {
    const shapes = this.#byData.get(tensor.dataId) ?? new Map<string, Tensor>();
    this.#byData.set(tensor.dataId, shapes.set(tensor.shape.join(), tensor));
  }

  clone(tensor: Tensor, original: Tensor): void {
    this.#originals.set(tensor.id, this.#originalOf(original));
  }

  /** A tensor that is made of values. It becomes a node when something is computed of it. */
  constant(tensor: Tensor, values: unknown): void {
    const few = tensor.size <= MAX_CONSTANT_SIZE && ArrayBuffer.isView(values);
    const scopes = this.scopes.current;
    // A copy: the values are the caller's.
    const copy = few ? Array.from(values as Float32Array) : undefined;
    this.#constants.set(
      tensor.id,
      nodeOf({ op: 'Const', label: 'Const', tensor, scopes, values: copy }),
    );
  }

  assignment(variable: Variable, value: Tensor): void {
    const inputs = [this.#sourceOf(variable), this.#sourceOf(value)];
    const outputs = [{ dtype: variable.dtype, shape: variable.shape }];
    const scopes = this.scopes.current;
    this.#add({ op: 'Assign', label: 'Assign', scopes, inputs, attributes: {}, outputs }, []);
  }

  /** The node that a tensor comes from, if it is known yet. */
  entryOf(tensor: Tensor | undefined): Entry | undefined {
    return tensor && this.#sources.get(this.#originalOf(tensor).id)?.entry;
  }

  #originalOf(tensor: Tensor): Tensor {
    return this.#originals.get(tensor.id) ?? tensor;
  }

  #sourceOf(of: Tensor): Endpoint {
    const tensor = this.#originalOf(of);
    const known = this.#sources.get(tensor.id);
    if (known !== undefined) return known;
    const constant = this.#constants.get(tensor.id);
    if (constant !== undefined) return this.#add(constant, [tensor]);
    const scopes = this.scopes.current;
    const entry =
      tensor instanceof Variable
        ? this.#variableNode(tensor)
        : nodeOf({ op: 'Const', label: 'Const', tensor, scopes });
    return this.#add(entry, [tensor]);
  }

  #variableNode(tensor: Variable): Entry {
    const name = this.#variableNames.get(tensor.id) ?? tensor.name;
    // TensorFlow.js numbers variables that it is told no name for.
    const named = !/^\d+$/.test(name);
    const scopes = named ? [] : this.scopes.current;
    return nodeOf({ op: 'VariableV2', label: named ? name : 'Variable', tensor, scopes });
  }

  #add(entry: Entry, outputs: readonly Tensor[]): Endpoint {
    this.entries.push(entry);
    for (const [output, tensor] of outputs.entries()) {
      this.#sources.set(tensor.id, { entry, output });
    }
    return { entry, output: 0 };
  }
}

interface NodeOptions {
  readonly op: 'Const' | 'Placeholder' | 'VariableV2';
  readonly label: string;
  readonly tensor: Tensor;
  readonly scopes?: Entry['scopes'];
  readonly values?: readonly number[] | undefined;
}

/** A node that computes nothing. */
function nodeOf({ op, label, tensor, scopes = [], values }: NodeOptions): Entry {
  const { dtype, shape } = tensor;
  const attributes =
    op === 'Const'
      ? { dtype: { dtype }, value: { tensor: { dtype, shape, ...(values && { values }) } } }
      : { dtype: { dtype }, shape: { shape } };
  return { op, label, scopes, inputs: [], attributes, outputs: [{ dtype, shape }] };
}
