import { DataType, type TensorProto } from '../messages/tensor-proto.js';

/** A tensor of an event file. */
export type TensorValue = NumericTensor | StringTensor;

/** Numbers, in row-major order. */
export interface NumericTensor {
  readonly dtype: NumericDtype;
  readonly shape: readonly number[];
  /** Of the type's own array; int64 as doubles, exact up to 2^53, and bool as 0 and 1. */
  readonly data: NumericArray;
}

/** Strings, which in TensorFlow are bytes: UTF-8, or a PNG or WAV file. */
export interface StringTensor {
  readonly dtype: 'string';
  readonly shape: readonly number[];
  readonly data: readonly Uint8Array[];
}

export type NumericDtype =
  | 'float32'
  | 'float64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'uint16'
  | 'int64'
  | 'bool';

export type NumericArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

/**
 * A tensor whose list is shorter than its shape repeats the last element: so a few bytes can ask for
 * any size. Nobody logs such tensors but to say that all is zero or one.
 */
export const MAX_REPEATED_ELEMENTS: number = 2 ** 20;

/**
 * The elements of a tensor.
 *
 * @returns undefined if it has none, its shape and elements do not fit, or its type is none of
 *   those above
 */
export function tensorValueOf(proto: TensorProto): TensorValue | undefined {
  const shape = proto.tensorShape?.dim.map(({ size }) => size) ?? [];
  const size = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => length >= 0)) return undefined;
  if (proto.dtype === DataType.STRING) return stringTensor(proto, shape, size);
  const form = formOf(proto.dtype);
  const data = form && (contentOf(form, proto, size) ?? listOf(form, proto, size));
  return form && data && { dtype: form.dtype, shape, data };
}

function stringTensor(
  { stringVal }: TensorProto,
  shape: readonly number[],
  size: number,
): StringTensor | undefined {
  return stringVal.length === size ? { dtype: 'string', shape, data: stringVal } : undefined;
}

/** How elements of one type are kept. */
interface Form {
  readonly dtype: NumericDtype;
  readonly Elements: NumericArrayConstructor;
  readonly list: (proto: TensorProto) => ArrayLike<number>;
  /** Elements from bytes of their own, where these are not those of `Elements`. */
  readonly from?: (bytes: ArrayBuffer) => NumericArray;
}

interface NumericArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (bytes: ArrayBuffer): NumericArray;
  new (size: number): NumericArray;
}

function contentOf(
  form: Form,
  { tensorContent }: TensorProto,
  size: number,
): NumericArray | undefined {
  const { Elements, from = (bytes: ArrayBuffer) => new Elements(bytes) } = form;
  const length = size * Elements.BYTES_PER_ELEMENT;
  if (tensorContent.length === 0 || tensorContent.length !== length) return undefined;
  // A copy, as the elements may stand at any byte.
  return from(new Uint8Array(tensorContent).buffer);
}

function listOf(form: Form, proto: TensorProto, size: number): NumericArray | undefined {
  const list = form.list(proto);
  const repeats = list.length > 0 && list.length < size && size <= MAX_REPEATED_ELEMENTS;
  if (list.length !== size && !repeats) return undefined;
  const data = new form.Elements(size);
  data.set(list);
  data.fill(list[list.length - 1] ?? 0, list.length);
  return data;
}

const intVal = (proto: TensorProto): ArrayLike<number> => proto.intVal;

function formOf(dtype: number): Form | undefined {
  switch (dtype) {
    case DataType.FLOAT:
      return { dtype: 'float32', Elements: Float32Array, list: ({ floatVal }) => floatVal };
    case DataType.DOUBLE:
      return { dtype: 'float64', Elements: Float64Array, list: ({ doubleVal }) => doubleVal };
    case DataType.INT32:
      return { dtype: 'int32', Elements: Int32Array, list: intVal };
    case DataType.INT16:
      return { dtype: 'int16', Elements: Int16Array, list: intVal };
    case DataType.INT8:
      return { dtype: 'int8', Elements: Int8Array, list: intVal };
    case DataType.UINT8:
      return { dtype: 'uint8', Elements: Uint8Array, list: intVal };
    case DataType.UINT16:
      return { dtype: 'uint16', Elements: Uint16Array, list: intVal };
    case DataType.BOOL:
      return { dtype: 'bool', Elements: Uint8Array, list: ({ boolVal }) => boolVal.map(Number) };
    case DataType.INT64:
      return {
        dtype: 'int64',
        Elements: Float64Array,
        list: ({ int64Val }) => int64Val,
        from: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number),
      };
    default:
      return undefined;
  }
}
