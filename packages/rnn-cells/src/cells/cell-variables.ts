import { engine, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { checkTensor, kind } from '../checks/check-tensor.js';
import type { Initializer } from '../initializers/initializer.js';

export interface VariableSpec {
  readonly shape: [number, ...number[]];
  readonly initializer: Initializer;
}

export interface CellVariablesOptions<Name extends string> {
  /** Who asks, for errors: `BasicRNNCell`. */
  readonly where: string;
  /** The scope that the user chose. It must be free. */
  readonly scope: string | undefined;
  /** TF1's scope, counted up where it is taken: `basic_rnn_cell`, `basic_rnn_cell_1`. */
  readonly defaultScope: string;
  /** By TF1's own suffix: `kernel`, `gates/kernel`. */
  readonly specs: Readonly<Record<Name, VariableSpec>>;
}

/**
 * Makes a cell's trainable variables, all or none, named `scope/suffix`. Names of variables are
 * global in TensorFlow.js.
 *
 * @throws RangeError if the chosen scope is taken
 * @throws ShapeError if an initializer gives another shape
 */
export function cellVariables<Name extends string>({
  where,
  scope,
  defaultScope,
  specs,
}: CellVariablesOptions<Name>): Record<Name, Variable> {
  const suffixes = Object.keys(specs);
  const name =
    scope === undefined ? freeScope(defaultScope, suffixes) : checkScope(where, scope, suffixes);
  const made: Partial<Record<Name, Variable>> = {};
  try {
    for (const suffix of Object.keys(specs) as Name[]) {
      const { shape, initializer } = specs[suffix];
      // Outside of tidy the initial tensor would stay beside the variable.
      made[suffix] = tidy(() => {
        const value = initializer(shape);
        checkTensor(`${where}: initial value of ${suffix}`, value, shape);
        return variable(value, true, `${name}/${suffix}`);
      });
    }
  } catch (error) {
    for (const one of Object.values<Variable | undefined>(made)) one?.dispose();
    throw error;
  }
  return made as Record<Name, Variable>;
}

function isTaken(scope: string, suffixes: readonly string[]): boolean {
  const { registeredVariables } = engine();
  return suffixes.some((suffix) => Object.hasOwn(registeredVariables, `${scope}/${suffix}`));
}

function freeScope(scope: string, suffixes: readonly string[]): string {
  if (!isTaken(scope, suffixes)) return scope;
  let n = 1;
  while (isTaken(`${scope}_${n}`, suffixes)) n += 1;
  return `${scope}_${n}`;
}

function checkScope(where: string, scope: unknown, suffixes: readonly string[]): string {
  if (typeof scope !== 'string' || scope === '') {
    throw new TypeError(`${where}: name: expected a string that is not empty, got ${kind(scope)}`);
  }
  if (isTaken(scope, suffixes)) {
    throw new RangeError(
      `${where}: name: expected one that no variable has yet, got '${scope}' (dispose the other cell, or leave the name out)`,
    );
  }
  return scope;
}
