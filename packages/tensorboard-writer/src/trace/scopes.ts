import { engine } from '@tensorflow/tfjs-core';
import type { Entry, Scope } from './entry.js';

/** What TensorFlow.js puts after the name of an op where it names the op's scope. */
const opSuffix = '__op';

/**
 * The scopes around what is computed now. TensorFlow.js keeps a stack of them to free tensors by: each
 * op and each `tidy` is one, named where the op or the caller of `tidy` has a name for it.
 */
export class Scopes {
  /** Scopes that were there before the trace. */
  readonly #outside = engine().state.scopeStack.length;
  /** Gradients that are being computed, and how deep in the stack. */
  readonly #gradients: { readonly depth: number; readonly scope: Scope }[] = [];
  /** Numbers for nodes that have a gradient. */
  readonly #ids = new Map<Entry, number>();

  /** From the outermost to the innermost, without those that have no name. */
  get current(): readonly Scope[] {
    const { scopeStack } = engine().state;
    const scopes: Scope[] = [];
    for (let depth = this.#outside; depth <= scopeStack.length; depth++) {
      for (const gradient of this.#gradients) {
        if (gradient.depth === depth) scopes.push(gradient.scope);
      }
      const { id, name = '' } = scopeStack[depth] ?? {};
      const ofOp = name.endsWith(opSuffix);
      const label = labels[name] ?? (ofOp ? name.slice(0, -opSuffix.length) : name);
      if (label !== '') scopes.push({ id: String(id), label, ofOp });
    }
    return scopes;
  }

  /** Runs what computes the gradient of a node in a scope that is named after the node. */
  gradientOf<Result>(entry: Entry, body: () => Result): Result {
    const depth = engine().state.scopeStack.length;
    const n = this.#ids.get(entry) ?? this.#ids.size;
    this.#ids.set(entry, n);
    this.#gradients.push({ depth, scope: { id: `gradient ${n}`, label: entry, ofOp: false } });
    try {
      return body();
    } finally {
      this.#gradients.pop();
    }
  }
}

/** TensorFlow.js's own names for scopes that are no ops, and what they are here. */
const labels: Readonly<Record<string, string>> = {
  'unnamed scope': '',
  forward: '',
  backward: 'gradients',
};
