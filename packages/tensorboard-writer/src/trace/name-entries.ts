import type { Entry, Scope } from './entry.js';

/**
 * Names for the nodes of a trace: their scopes' names and their own, with a number where TensorFlow
 * would put one (`MatMul`, `MatMul_1`).
 */
export function nameEntries(entries: readonly Entry[]): ReadonlyMap<Entry, string> {
  const names = new Names(countKernels(entries));
  // What has a name of its own keeps it, so it comes first.
  const named = entries.filter(({ scopes, op }) => scopes.length === 0 && isGiven(op));
  for (const entry of [...named, ...entries]) names.of(entry);
  return names.all;
}

function isGiven(op: string): boolean {
  return op === 'Placeholder' || op === 'VariableV2';
}

/** How many kernels are in each scope, by the path of its ids. */
function countKernels(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { scopes, op } of entries) {
    if (op === 'Const' || isGiven(op)) continue;
    let key = '';
    for (const scope of scopes) {
      key = keyOf(key, scope);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function keyOf(outer: string, { id }: Scope): string {
  return `${outer}/${id}`;
}

class Names {
  readonly all = new Map<Entry, string>();
  readonly #kernels: ReadonlyMap<string, number>;
  readonly #scopes = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(kernels: ReadonlyMap<string, number>) {
    this.#kernels = kernels;
  }

  of(entry: Entry): string {
    const known = this.all.get(entry);
    if (known !== undefined) return known;
    const name = this.#unique(this.#pathOf(entry.scopes) + toName(entry.label));
    this.all.set(entry, name);
    return name;
  }

  #pathOf(scopes: readonly Scope[]): string {
    let key = '';
    let path = '';
    for (const scope of scopes) {
      key = keyOf(key, scope);
      if (scope.ofOp && (this.#kernels.get(key) ?? 0) < 2) continue;
      const { label } = scope;
      const own = typeof label === 'string' ? toName(label) : `${this.of(label)}_grad`;
      const name = this.#scopes.get(key) ?? this.#unique(path + own);
      this.#scopes.set(key, name);
      path = `${name}/`;
    }
    return path;
  }

  #unique(name: string): string {
    let unique = name;
    for (let n = 1; this.#taken.has(unique); n++) unique = `${name}_${n}`;
    this.#taken.add(unique);
    return unique;
  }
}

/** A text as TensorFlow allows it for a name. */
function toName(text: string): string {
  const name = text.replaceAll(/[^\w.\\/>-]/g, '_').replace(/^[^A-Za-z0-9.]+/, '');
  return name === '' ? 'unnamed' : name;
}
