import type { LayerKind } from './layer.js';
import { zeros } from './matrix.js';
import { ONNX_ORDER } from './onnx-node.js';
import type { PlainTensor, PlainTensors } from './plain-tensor.js';
import { takeTensors } from './take-tensors.js';
import { unitsOf } from './units-of.js';

/** The weights of one direction of a node. */
export interface ONNXWeights {
  /** `[k * units, inputSize]` */
  readonly W: PlainTensor;
  /** `[k * units, units]` */
  readonly R: PlainTensor;
  /** `[2 * k * units]` */
  readonly B: PlainTensor;
  /** `[3 * units]` */
  readonly P?: PlainTensor;
}

export interface ONNXSizes {
  readonly kind: LayerKind;
  readonly directions: number;
  /** What the attribute says, if it is there. */
  readonly hiddenSize: number | undefined;
}

/**
 * The weights of a node for each direction.
 *
 * @throws RangeError if one is missing or not known
 * @throws {@link ShapeError} if they do not fit each other
 * @throws TypeError if one is no plain tensor
 */
export function splitDirections(
  where: string,
  { kind, directions, hiddenSize }: ONNXSizes,
  inputs: PlainTensors,
): ONNXWeights[] {
  const gates = ONNX_ORDER[kind].length;
  const { W: first, B: anyB, P: anyP } = inputs;
  const shape = [directions, 'rows', 'inputSize'];
  const units = unitsOf(`${where}: W`, first, { gates, axis: 1, shape });
  const rows = gates * (hiddenSize ?? units);
  const { W, R, B, P } = takeTensors(where, inputs, {
    shapes: {
      W: [directions, rows, first!.shape[2]!],
      R: [directions, rows, units],
      B: anyB && [directions, 2 * rows],
      P: kind === 'LSTM' && anyP ? [directions, 3 * units] : undefined,
    },
  });
  return Array.from({ length: directions }, (_, direction) => ({
    W: slice(W, direction),
    R: slice(R, direction),
    B: B ? slice(B, direction) : zeros([2 * rows]),
    ...(P ? { P: slice(P, direction) } : {}),
  }));
}

/** One place of the first axis, copied. */
function slice({ shape, values }: PlainTensor, at: number): PlainTensor {
  const size = values.length / shape[0]!;
  return { shape: shape.slice(1), values: values.slice(at * size, (at + 1) * size) };
}

/** Tensors of one shape along a new first axis. */
export function stack(tensors: readonly PlainTensor[]): PlainTensor {
  const [first] = tensors as [PlainTensor];
  const values = new Float32Array(tensors.length * first.values.length);
  for (const [at, tensor] of tensors.entries()) values.set(tensor.values, at * first.values.length);
  return { shape: [tensors.length, ...first.shape], values };
}
