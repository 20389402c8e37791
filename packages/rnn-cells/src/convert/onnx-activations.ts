import type { ActivationName } from '../activation.js';
import { refuse } from './conversion-error.js';
import type { LayerKind } from './layer.js';
import type { ONNXAttributes } from './onnx-node.js';

const NAMES: Readonly<Record<ActivationName, string>> = {
  linear: 'Affine',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
};

/** Of one direction: f; f, g; or f, g, h, where g and h are one for us. */
function listOf(kind: LayerKind, activation: string): string[] {
  const { sigmoid } = NAMES;
  if (kind === 'RNN') return [activation];
  return kind === 'GRU' ? [sigmoid, activation] : [sigmoid, activation, activation];
}

/**
 * The attributes that name the activations of a node, by direction. `linear` is an `Affine` with
 * alpha 1 and beta 0.
 */
export function writeActivations(
  kind: LayerKind,
  activations: readonly ActivationName[],
): ONNXAttributes {
  const list = activations.flatMap((activation) => listOf(kind, NAMES[activation]));
  const affine = list.filter((name) => name === NAMES.linear);
  if (affine.length === 0) return { activations: list };
  return {
    activations: list,
    activation_alpha: affine.map(() => 1),
    activation_beta: affine.map(() => 0),
  };
}

/**
 * The activation of each direction of a node.
 *
 * @param where - who asks, for errors: `fromONNX`
 * @throws {@link ConversionError} if the gates are no sigmoids, or cells do not have the others
 * @throws RangeError if there are too many or too few
 */
export function readActivations(
  where: string,
  kind: LayerKind,
  attributes: ONNXAttributes,
  directions: number,
): ActivationName[] {
  const each = listOf(kind, NAMES.tanh).length;
  const given = attributes.activations;
  if (given === undefined) return Array.from({ length: directions }, () => 'tanh');
  if (given.length !== each * directions) {
    throw new RangeError(
      `${where}: activations: expected ${each * directions} names, got ${given.length}`,
    );
  }
  refuseScaling(where, attributes);
  return Array.from({ length: directions }, (_, direction) => {
    const first = direction * each;
    const activation = given[first + each - 1]!;
    for (const [i, wanted] of listOf(kind, activation).entries()) {
      const got = given[first + i]!;
      if (got === wanted) continue;
      refuse(`${where}: activations[${first + i}]`, {
        expected: `'${wanted}'`,
        got: `'${got}'`,
        reason: i === 0 ? 'gates of cells are sigmoids' : 'a cell has one for both g and h',
      });
    }
    return nameOf(`${where}: activations[${first + each - 1}]`, activation);
  });
}

function nameOf(where: string, activation: string): ActivationName {
  for (const [name, known] of Object.entries(NAMES)) {
    if (known === activation) return name as ActivationName;
  }
  const known = Object.values(NAMES).map((one) => `'${one}'`);
  return refuse(where, {
    expected: `one of ${known.join(', ')}`,
    got: `'${activation}'`,
    reason: 'cells know no other by name',
  });
}

/** Of those that a cell knows, `Affine` alone takes scaling values, and has to be the identity. */
function refuseScaling(where: string, attributes: ONNXAttributes): void {
  const { activations = [], activation_alpha = [], activation_beta = [] } = attributes;
  const affine = activations.filter((name) => name === NAMES.linear).length;
  for (const [name, values, one] of [
    ['activation_alpha', activation_alpha, 1],
    ['activation_beta', activation_beta, 0],
  ] as const) {
    if (affine === 0) continue;
    if (values.length >= affine && values.every((value) => value === one)) continue;
    refuse(`${where}: ${name}`, {
      expected: `${one} for each Affine`,
      got: `[${values.join(', ')}]`,
      reason: 'cells have no Affine but the identity',
    });
  }
}
