import { describe, expect, test } from 'vitest';
import { DataType, type TensorProto } from '@unroll/tensorboard-writer';
import { tensorProto } from '../src/messages/tensor-proto.js';
import { decodeMessage } from '../src/protobuf/decode-message.js';
import { encodeMessage } from '../src/protobuf/encode-message.js';
import type { Init } from '../src/protobuf/message-type.js';
import {
  MAX_REPEATED_ELEMENTS,
  type TensorValue,
  tensorValueOf,
} from '../src/reading/tensor-value.js';

function valueOf({
  shape,
  ...proto
}: Init<TensorProto> & { shape: number[] }): TensorValue | undefined {
  const tensorShape = { dim: shape.map((size) => ({ size })) };
  return tensorValueOf(
    decodeMessage(tensorProto, encodeMessage(tensorProto, { ...proto, tensorShape })),
  );
}

const { FLOAT, DOUBLE, INT64, STRING, COMPLEX64 } = DataType;

describe('tensorValueOf', () => {
  test('has the elements of the list or the bytes, in an array of their type', () => {
    const elements = Float32Array.of(1, -0, NaN, Infinity, 1e-45, 0.1);
    const expected = { dtype: 'float32', shape: [2, 3], data: elements };
    expect(valueOf({ dtype: FLOAT, shape: [2, 3], floatVal: elements })).toEqual(expected);
    const tensorContent = new Uint8Array(elements.buffer);
    expect(valueOf({ dtype: FLOAT, shape: [2, 3], tensorContent })).toEqual(expected);
  });

  test('has int64 as numbers', () => {
    const tensorContent = new Uint8Array(BigInt64Array.of(-(2n ** 53n), 7n).buffer);
    const data = Float64Array.of(-(2 ** 53), 7);
    const expected = { dtype: 'int64', shape: [2], data };
    expect(valueOf({ dtype: INT64, shape: [2], tensorContent })).toEqual(expected);
    expect(valueOf({ dtype: INT64, shape: [2], int64Val: data })).toEqual(expected);
  });

  test('repeats the last element of a list that is short, up to the limit', () => {
    expect(valueOf({ dtype: DOUBLE, shape: [2, 2], doubleVal: [1, 2] })?.data).toEqual(
      Float64Array.of(1, 2, 2, 2),
    );
    const limit = MAX_REPEATED_ELEMENTS;
    expect(valueOf({ dtype: DOUBLE, shape: [limit], doubleVal: [1] })?.data.length).toBe(limit);
    expect(valueOf({ dtype: DOUBLE, shape: [limit + 1], doubleVal: [1] })).toBeUndefined();
    expect(valueOf({ dtype: DOUBLE, shape: [2 ** 26, 2 ** 26], doubleVal: [1] })).toBeUndefined();
  });

  test('has tensors without elements', () => {
    expect(valueOf({ dtype: FLOAT, shape: [0, 3] })?.data).toEqual(new Float32Array());
    expect(valueOf({ dtype: STRING, shape: [0] })?.data).toEqual([]);
  });

  test.each([
    ['no elements', { dtype: FLOAT, shape: [] }],
    ['too many elements', { dtype: FLOAT, shape: [2], floatVal: [1, 2, 3] }],
    ['too few strings', { dtype: STRING, shape: [2], stringVal: [new Uint8Array()] }],
    ['a byte too few', { dtype: FLOAT, shape: [1], tensorContent: new Uint8Array(3) }],
    ['a length that is not known', { dtype: FLOAT, shape: [-1], floatVal: [1] }],
    ['a type of another kind', { dtype: COMPLEX64, shape: [], tensorContent: new Uint8Array(8) }],
  ])('has no value of a tensor with %s', (_, proto) => {
    expect(valueOf(proto)).toBeUndefined();
  });
});
