import type { Dealing } from './deal-rows.js';
import { sizeUniforms } from './sequence-call.js';
import { type Shader, type Uniform, usedVariables } from './shader.js';
import { activations, heldState, productLoop, stepPlaces, sumType } from './walk-snippets.js';

/**
 * What a walk over the steps does, in WGSL. A thread does it for column `j` of every row `r` of its
 * workgroup, whose place in the batch is `row`. `held(s, r, j)` is what it holds in slot `s`, and
 * `hold(s, r, j, value)` changes it.
 */
export interface WalkCode {
  /** Vectors of `units` numbers that are held for each row. */
  readonly slots: number;
  /** Functions that the rest uses. */
  readonly functions?: string;
  /** Fills slots for `row` before the first step. */
  readonly begin: string;
  /** What is done at step `n`, in phases: the next one sees all that the whole workgroup holds. */
  readonly phases: readonly WalkPhase[];
  /** Writes results of `row` after the last step. */
  readonly end: string;
}

interface WalkPhase {
  /** A product that comes first, and gives `z`. */
  readonly product?: WalkProduct;
  /** For a row that has not ended; `place` is where the step stands among all rows and steps. */
  readonly alive: string;
  /** For a row that has. */
  readonly ended?: string;
}

/** For every column of a matrix its sum over `k` of what is held at `k` times the weight at row `k`. */
export interface WalkProduct {
  /** The weights at row `k`, one expression for each gate. */
  readonly weights: readonly string[];
  /**
   * One slot, which the weights of every gate are multiplied with: `z` is a vector of the gates.
   * Or as many as gates: `z` is the sum over them.
   */
  readonly slots: readonly (number | string)[];
}

export interface WalkOptions {
  /** Names all that the code depends on. */
  readonly key: string;
  readonly backward: boolean;
  readonly padded: boolean;
  /** What the code may read. */
  readonly variables: readonly string[];
  readonly uniforms: readonly Uniform[];
}

/** The shader in which each workgroup walks all steps of a few rows. */
export function walkShader(code: WalkCode, dealing: Dealing, options: WalkOptions): Shader {
  const { rowsPerWorkgroup, workgroupSize, workgroupMemory } = dealing;
  const { key, backward, padded, variables, uniforms } = options;
  const text = [
    `const rows = ${rowsPerWorkgroup};`,
    `const lanes = ${workgroupSize};`,
    heldState(code.slots, workgroupMemory),
    stepPlaces(padded),
    activations,
    code.functions ?? '',
    ...code.phases.map((phase, i) => phaseFunction(phase, i, rowsPerWorkgroup)),
    mainFunction(code, backward, workgroupMemory > 0 ? 'workgroupBarrier()' : 'storageBarrier()'),
  ].join('\n');
  return {
    key: [key, rowsPerWorkgroup, workgroupMemory, padded].join('_'),
    variables: usedVariables(variables, text),
    uniforms: [...sizeUniforms, ...uniforms],
    workgroupSize,
    code: text,
  };
}

function phaseFunction(phase: WalkPhase, i: number, rowsPerWorkgroup: number): string {
  const { product, alive, ended = '' } = phase;
  const rows = Array.from({ length: rowsPerWorkgroup }, (_, r) => r);
  const [parameter, loop] =
    product === undefined ? ['', ''] : [`, z : ${sumType(product)}`, productLoop(product, rows)];
  const argument = (r: number): string => (product === undefined ? '' : `, z${r}`);
  return `
    fn phase${i}OfRow(n : i32, j : i32, r : i32${parameter}) {
      let row = firstRow + r;
      if (row >= uniforms.batch) { return; }
      let place = placeOf(row, n);
      if (n < lengthOf(row)) {
        ${alive}
      } else {
        ${ended}
      }
    }
    fn phase${i}(n : i32, j : i32, longest : i32) {
      ${loop}
      ${rows.map((r) => `phase${i}OfRow(n, j, ${r}${argument(r)});`).join('\n      ')}
    }`;
}

function mainFunction(code: WalkCode, backward: boolean, barrier: string): string {
  const columns = 'var j = lane; j < uniforms.units; j += lanes';
  const steps = backward
    ? 'var n = uniforms.time - 1; n >= 0; n--'
    : 'var n = 0; n < uniforms.time; n++';
  const everyRow = (body: string): string => `
      for (${columns}) {
        for (var r = 0; r < rows && firstRow + r < uniforms.batch; r++) {
          let row = firstRow + r;
          ${body}
        }
      }`;
  const phases = code.phases.map(
    (_, i) => `
        for (${columns}) { phase${i}(n, j, longest); }
        ${barrier};`,
  );
  return `
    fn main(index : i32) {
      let lane = index % lanes;
      firstRow = index / lanes * rows;
      var longest = 0;
      for (var r = 0; r < rows && firstRow + r < uniforms.batch; r++) {
        longest = max(longest, lengthOf(firstRow + r));
      }
      ${everyRow(code.begin)}
      ${barrier};
      for (${steps}) {
        ${phases.join('')}
      }
      ${everyRow(code.end)}
    }`;
}
