import {
  embedded,
  message,
  type MessageType,
  repeated,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';

/** A tensor's elements: little-endian in `tensorContent`, or in the list of its type. */
export interface TensorProto {
  /** A {@link DataType}. */
  readonly dtype: number;
  readonly tensorShape: TensorShapeProto | undefined;
  readonly tensorContent: Uint8Array;
  readonly floatVal: readonly number[];
  readonly doubleVal: readonly number[];
  readonly intVal: readonly number[];
  readonly stringVal: readonly Uint8Array[];
  readonly int64Val: readonly number[];
  readonly boolVal: readonly boolean[];
}

/** A tensor's shape. */
export interface TensorShapeProto {
  readonly dim: readonly TensorShapeDim[];
  readonly unknownRank: boolean;
}

/** One axis; size -1 where it is not known. */
export interface TensorShapeDim {
  readonly size: number;
  readonly name: string;
}

/** TensorFlow's numbers for element types. */
export const DataType = {
  FLOAT: 1,
  DOUBLE: 2,
  INT32: 3,
  UINT8: 4,
  STRING: 7,
  COMPLEX64: 8,
  INT64: 9,
  BOOL: 10,
} as const;

const tensorShapeDim: MessageType<TensorShapeDim> = message('TensorShapeProto.Dim', {
  size: scalar(1, 'int64'),
  name: scalar(2, 'string'),
});

export const tensorShapeProto: MessageType<TensorShapeProto> = message('TensorShapeProto', {
  dim: repeatedMessage(2, () => tensorShapeDim),
  unknownRank: scalar(3, 'bool'),
});

export const tensorProto: MessageType<TensorProto> = message('TensorProto', {
  dtype: scalar(1, 'int32'),
  tensorShape: embedded(2, () => tensorShapeProto),
  tensorContent: scalar(4, 'bytes'),
  floatVal: repeated(5, 'float'),
  doubleVal: repeated(6, 'double'),
  intVal: repeated(7, 'int32'),
  stringVal: repeated(8, 'bytes'),
  int64Val: repeated(10, 'int64'),
  boolVal: repeated(11, 'bool'),
});
