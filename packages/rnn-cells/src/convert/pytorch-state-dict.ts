import type { LayerKind } from './layer.js';
import { checkPlainTensor, type PlainTensor, type PlainTensors } from './plain-tensor.js';
import { PYTORCH_ORDER, pyTorchSuffix } from './pytorch-module.js';
import { takeTensors } from './take-tensors.js';
import { unitsOf } from './units-of.js';

/** The most names that a message repeats: enough to see what they begin with. */
const MAX_SHOWN = 4;

/** A checked state dict, and what its names tell. */
export interface PyTorchStateDict {
  /** Whole: all of a layer and direction is there, or was not wanted. */
  readonly tensors: Readonly<Record<string, PlainTensor>>;
  readonly layers: number;
  readonly bidirectional: boolean;
}

/**
 * Asserts that tensors are those of one recurrent module, all of them and no other.
 *
 * @throws RangeError if one is missing or not known
 * @throws {@link ShapeError} if they do not fit each other
 * @throws TypeError if one is no plain tensor
 */
export function checkStateDict(
  where: string,
  kind: LayerKind,
  tensors: PlainTensors,
): PyTorchStateDict {
  const bidirectional = 'weight_ih_l0_reverse' in tensors;
  const { inputSize, units, projectionSize } = checkFirst(where, kind, tensors);
  const rows = PYTORCH_ORDER[kind].length * units;
  const outputSize = projectionSize ?? units;
  const bias = 'bias_ih_l0' in tensors ? [rows] : undefined;
  const projection = projectionSize === undefined ? undefined : [projectionSize, units];

  const shapes: Record<string, readonly number[] | undefined> = {};
  let layers = 0;
  for (; `weight_ih_l${layers}` in tensors; layers++) {
    const features = layers === 0 ? inputSize : (bidirectional ? 2 : 1) * outputSize;
    for (const reverse of bidirectional ? [false, true] : [false]) {
      const suffix = pyTorchSuffix(layers, reverse);
      shapes[`weight_ih_${suffix}`] = [rows, features];
      shapes[`weight_hh_${suffix}`] = [rows, outputSize];
      shapes[`bias_ih_${suffix}`] = bias;
      shapes[`bias_hh_${suffix}`] = bias;
      shapes[`weight_hr_${suffix}`] = projection;
    }
  }
  const taken = takeTensors(where, tensors, { shapes }) as Record<string, PlainTensor>;
  return { tensors: taken, layers, bidirectional };
}

/** The sizes of the module, by its first matrices. */
function checkFirst(
  where: string,
  kind: LayerKind,
  tensors: PlainTensors,
): { inputSize: number; units: number; projectionSize: number | undefined } {
  const { weight_ih_l0: first, weight_hr_l0: projection } = tensors;
  if (first === undefined) {
    const names = Object.keys(tensors);
    const shown = names.length > MAX_SHOWN ? [...names.slice(0, MAX_SHOWN), '...'] : names;
    throw new RangeError(`${where}: expected a tensor weight_ih_l0, got [${shown.join(', ')}]`);
  }
  const gates = PYTORCH_ORDER[kind].length;
  const shape = ['rows', 'inputSize'];
  const units = unitsOf(`${where}: weight_ih_l0`, first, { gates, axis: 0, shape });
  const inputSize = first.shape[1]!;
  if (kind !== 'LSTM' || projection === undefined) {
    return { inputSize, units, projectionSize: undefined };
  }
  checkPlainTensor(`${where}: weight_hr_l0`, projection, ['projectionSize', units]);
  return { inputSize, units, projectionSize: projection.shape[0] };
}
