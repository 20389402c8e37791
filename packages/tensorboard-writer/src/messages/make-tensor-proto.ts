import type { Init } from '../protobuf/message-type.js';
import { DataType, type TensorProto } from './tensor-proto.js';

/** Row-major numbers as TensorFlow writes them: one run of little-endian bytes. */
export function numberTensor(
  data: Float64Array | Float32Array | Int32Array | Uint8Array,
  shape: readonly number[],
): Init<TensorProto> {
  return { dtype: typeOf(data), tensorShape: shapeOf(shape), tensorContent: littleEndian(data) };
}

/** Row-major strings: texts as UTF-8, or bytes. */
export function stringTensor(
  strings: readonly (string | Uint8Array)[],
  shape: readonly number[],
): Init<TensorProto> {
  const encoder = new TextEncoder();
  return {
    dtype: DataType.STRING,
    tensorShape: shapeOf(shape),
    stringVal: strings.map((text) => (typeof text === 'string' ? encoder.encode(text) : text)),
  };
}

function typeOf(data: Float64Array | Float32Array | Int32Array | Uint8Array): number {
  if (data instanceof Float64Array) return DataType.DOUBLE;
  if (data instanceof Float32Array) return DataType.FLOAT;
  return data instanceof Int32Array ? DataType.INT32 : DataType.UINT8;
}

function shapeOf(shape: readonly number[]): Init<TensorProto['tensorShape']> {
  return { dim: shape.map((size) => ({ size })) };
}

/** All of the platforms that run JavaScript today are little-endian. */
function littleEndian(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
