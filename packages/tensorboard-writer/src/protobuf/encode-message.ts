import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Field, Init, MessageType, ScalarType } from './message-type.js';
import { WIRE_TYPES } from './wire-types.js';

/** The bytes of a message: fields by number, zeros left out, numbers packed, as TensorFlow has them. */
export function encodeMessage<M extends object>(
  type: MessageType<M>,
  message: Init<M>,
): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writeMessage(writer, type, message);
  return writer.finish();
}

function writeMessage(writer: BinaryWriter, type: MessageType<object>, message: object): void {
  const values = message as Readonly<Record<string, unknown>>;
  for (const [name, field] of type.fields) {
    const value = values[name];
    if (value !== undefined) writeField(writer, field, value);
  }
}

function writeField(writer: BinaryWriter, field: Field, value: unknown): void {
  const { number, cardinality, type } = field;
  if (cardinality === 'map') {
    writeMap(writer, field, value as ReadonlyMap<string, object>);
  } else if (cardinality === 'repeated') {
    writeRepeated(writer, field, value as ArrayLike<unknown>);
  } else if (typeof type === 'function') {
    writeEmbedded(writer, number, type(), value as object);
  } else if (cardinality === 'optional' || !isZero(value)) {
    writer.tag(number, WIRE_TYPES[type]);
    writeScalar(writer, type, value);
  }
}

function writeRepeated(
  writer: BinaryWriter,
  { number, type }: Field,
  values: ArrayLike<unknown>,
): void {
  if (typeof type === 'function') {
    for (let i = 0; i < values.length; i++) {
      writeEmbedded(writer, number, type(), values[i] as object);
    }
  } else if (WIRE_TYPES[type] === WireType.LengthDelimited) {
    for (let i = 0; i < values.length; i++) {
      writer.tag(number, WireType.LengthDelimited);
      writeScalar(writer, type, values[i]);
    }
  } else if (values.length > 0) {
    writer.tag(number, WireType.LengthDelimited).fork();
    for (let i = 0; i < values.length; i++) writeScalar(writer, type, values[i]);
    writer.join();
  }
}

/** A map is a repeated message of a key, 1, and a value, 2. */
function writeMap(
  writer: BinaryWriter,
  { number, type }: Field,
  map: ReadonlyMap<string, object>,
): void {
  if (typeof type !== 'function') return;
  for (const [key, value] of map) {
    writer.tag(number, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writeEmbedded(writer, 2, type(), value);
    writer.join();
  }
}

function writeEmbedded(
  writer: BinaryWriter,
  number: number,
  type: MessageType<object>,
  message: object,
): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  writeMessage(writer, type, message);
  writer.join();
}

function writeScalar(writer: BinaryWriter, type: ScalarType, value: unknown): void {
  // Past float32's range a number becomes an infinity, as in TensorFlow.
  if (type === 'float') writer.float(Math.fround(value as number));
  else if (type === 'double') writer.double(value as number);
  else if (type === 'int32') writer.int32(value as number);
  else if (type === 'int64') writer.int64(value as number);
  else if (type === 'bool') writer.bool(value as boolean);
  else if (type === 'string') writer.string(value as string);
  else writer.bytes(value as Uint8Array);
}

/** Whether proto3 leaves the value out. A negative zero has a bit set, and is written. */
function isZero(value: unknown): boolean {
  if (value instanceof Uint8Array) return value.length === 0;
  return Object.is(value, 0) || value === '' || value === false;
}
