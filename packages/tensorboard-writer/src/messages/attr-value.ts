import {
  embedded,
  mapOf,
  message,
  type MessageType,
  optional,
  repeated,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';
import {
  type TensorProto,
  tensorProto,
  type TensorShapeProto,
  tensorShapeProto,
} from './tensor-proto.js';

/** The value of a node's attribute: one of the kinds below, all others undefined. */
export interface AttrValue {
  readonly list: AttrListValue | undefined;
  readonly s: Uint8Array | undefined;
  readonly i: number | undefined;
  readonly f: number | undefined;
  readonly b: boolean | undefined;
  /** A {@link DataType}. */
  readonly type: number | undefined;
  readonly shape: TensorShapeProto | undefined;
  readonly tensor: TensorProto | undefined;
  readonly placeholder: string | undefined;
  readonly func: NameAttrList | undefined;
}

/** Values of one kind. */
export interface AttrListValue {
  readonly s: readonly Uint8Array[];
  readonly i: readonly number[];
  readonly f: readonly number[];
  readonly b: readonly boolean[];
  /** {@link DataType}s. */
  readonly type: readonly number[];
  readonly shape: readonly TensorShapeProto[];
  readonly tensor: readonly TensorProto[];
  readonly func: readonly NameAttrList[];
}

/** A function by its name, with the attributes that it is called with. */
interface NameAttrList {
  readonly name: string;
  readonly attr: ReadonlyMap<string, AttrValue>;
}

const attrListValue: MessageType<AttrListValue> = message('AttrValue.ListValue', {
  s: repeated(2, 'bytes'),
  i: repeated(3, 'int64'),
  f: repeated(4, 'float'),
  b: repeated(5, 'bool'),
  type: repeated(6, 'int32'),
  shape: repeatedMessage(7, () => tensorShapeProto),
  tensor: repeatedMessage(8, () => tensorProto),
  func: repeatedMessage(9, () => nameAttrList),
});

const nameAttrList: MessageType<NameAttrList> = message('NameAttrList', {
  name: scalar(1, 'string'),
  attr: mapOf(2, () => attrValue),
});

export const attrValue: MessageType<AttrValue> = message('AttrValue', {
  list: embedded(1, () => attrListValue),
  s: optional(2, 'bytes'),
  i: optional(3, 'int64'),
  f: optional(4, 'float'),
  b: optional(5, 'bool'),
  type: optional(6, 'int32'),
  shape: embedded(7, () => tensorShapeProto),
  tensor: embedded(8, () => tensorProto),
  placeholder: optional(9, 'string'),
  func: embedded(10, () => nameAttrList),
});
