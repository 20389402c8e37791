import { kind } from '../checks/kind.js';
import type { TensorProto } from '../messages/tensor-proto.js';
import type { Init } from '../protobuf/message-type.js';
import type { GraphTensor } from './graph-node.js';
import { toDataType, toTensorShape } from './to-tensor-shape.js';

/**
 * The message of a tensor with its values, where it has any, in the list of its type.
 *
 * @param where - who complains: `SummaryWriter.graph: nodes[0]: attributes.value`
 * @throws TypeError if values are of another type than they should be
 * @throws RangeError if there are fewer or more than the shape has, or their type has no list
 */
export function toTensorProto(where: string, tensor: GraphTensor): Init<TensorProto> {
  const { dtype, shape, values } = tensor;
  const proto = {
    dtype: toDataType(`${where}: dtype`, dtype),
    tensorShape: toTensorShape(`${where}: shape`, shape),
  };
  if (values === undefined) return proto;
  checkValues(`${where}: values`, tensor, values);
  return { ...proto, ...toList(where, dtype, values) };
}

type Values = NonNullable<GraphTensor['values']>;

function checkValues(where: string, { dtype, shape }: GraphTensor, values: Values): void {
  const size = shape.reduce<number>((product, n) => product * (n ?? Number.NaN), 1);
  if (values.length !== size) {
    throw new RangeError(`${where}: expected ${size}, got ${values.length}`);
  }
  const type = dtype === 'bool' ? 'boolean' : dtype === 'string' ? 'string' : 'number';
  for (let i = 0; i < size; i++) {
    if (typeof values[i] !== type) {
      throw new TypeError(`${where}[${i}]: expected a ${type}, got ${kind(values[i])}`);
    }
  }
}

function toList(where: string, dtype: string, values: Values): Init<TensorProto> {
  const numbers = values as ArrayLike<number>;
  switch (dtype) {
    case 'float32':
      return { floatVal: numbers };
    case 'float64':
      return { doubleVal: numbers };
    case 'int8':
    case 'int16':
    case 'int32':
    case 'uint8':
      return { intVal: numbers };
    case 'int64':
      return { int64Val: numbers };
    case 'bool':
      return { boolVal: values as readonly boolean[] };
    case 'string': {
      const encoder = new TextEncoder();
      return { stringVal: (values as readonly string[]).map((text) => encoder.encode(text)) };
    }
    default:
      throw new RangeError(`${where}: values: expected none for ${dtype}, got ${values.length}`);
  }
}
