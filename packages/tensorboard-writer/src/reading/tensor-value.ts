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
  const form = FORMS.get(proto.dtype);
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
  /** Bytes of one element. */
  readonly width: number;
  /** Elements from bytes of their own. */
  readonly from: (bytes: ArrayBuffer) => NumericArray;
  readonly make: (size: number) => NumericArray;
  readonly list: (proto: TensorProto) => ArrayLike<number>;
}

function contentOf(form: Form, proto: TensorProto, size: number): NumericArray | undefined {
  const { tensorContent } = proto;
  if (tensorContent.length === 0 || tensorContent.length !== size * form.width) return undefined;
  // A copy, as the elements may stand at any byte.
  return form.from(new Uint8Array(tensorContent).buffer);
}

function listOf(form: Form, proto: TensorProto, size: number): NumericArray | undefined {
  const list = form.list(proto);
  const repeats = list.length > 0 && list.length < size && size <= MAX_REPEATED_ELEMENTS;
  if (list.length !== size && !repeats) return undefined;
  const data = form.make(size);
  data.set(list);
  data.fill(list[list.length - 1] ?? 0, list.length);
  return data;
}

const ints = ({ intVal }: TensorProto): ArrayLike<number> => intVal;

const FORMS: ReadonlyMap<number, Form> = new Map<number, Form>([
  [DataType.FLOAT, formOf('float32', Float32Array, ({ floatVal }) => floatVal)],
  [DataType.DOUBLE, formOf('float64', Float64Array, ({ doubleVal }) => doubleVal)],
  [DataType.INT32, formOf('int32', Int32Array, ints)],
  [DataType.INT16, formOf('int16', Int16Array, ints)],
  [DataType.INT8, formOf('int8', Int8Array, ints)],
  [DataType.UINT8, formOf('uint8', Uint8Array, ints)],
  [DataType.UINT16, formOf('uint16', Uint16Array, ints)],
  [DataType.BOOL, formOf('bool', Uint8Array, ({ boolVal }) => boolVal.map(Number))],
  [
    DataType.INT64,
    {
      ...formOf('int64', Float64Array, ({ int64Val }) => int64Val),
      from: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number),
    },
  ],
]);

interface NumericArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (bytes: ArrayBuffer): NumericArray;
  new (size: number): NumericArray;
}

function formOf(
  dtype: NumericDtype,
  Elements: NumericArrayConstructor,
  list: (proto: TensorProto) => ArrayLike<number>,
): Form {
  return {
    dtype,
    width: Elements.BYTES_PER_ELEMENT,
    from: (bytes) => new Elements(bytes),
    make: (size) => new Elements(size),
    list,
  };
}
