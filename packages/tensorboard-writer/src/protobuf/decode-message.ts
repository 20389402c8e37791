import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Field, MessageType, ScalarType } from './message-type.js';
import { WIRE_TYPES } from './wire-types.js';

/** Messages within messages: protobuf's own limit, far over what a graph's functions need. */
export const MAX_MESSAGE_DEPTH = 100;

/**
 * Reads a message. Fields that it does not know, or that come with another wire type, are skipped;
 * what is not there reads as zero, empty or undefined.
 *
 * @throws RangeError if the bytes end within a field, or messages are nested too deeply
 * @throws Error if a field is none (number 0, an unknown wire type)
 */
export function decodeMessage<M extends object>(type: MessageType<M>, bytes: Uint8Array): M {
  return readMessage(type, bytes, 1) as M;
}

function readMessage(type: MessageType<object>, bytes: Uint8Array, depth: number): object {
  if (depth > MAX_MESSAGE_DEPTH) {
    const expected = `messages at most ${MAX_MESSAGE_DEPTH} deep`;
    throw new RangeError(`decodeMessage: ${type.name}: expected ${expected}, got deeper ones`);
  }
  const reader = new BinaryReader(bytes);
  const message = defaults(type);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const entry = type.fields.find(([, field]) => field.number === number);
    if (entry === undefined || !isExpected(entry[1], wireType)) {
      reader.skip(wireType, number);
    } else {
      readField({ reader, wireType, depth }, message, entry);
    }
  }
  return message;
}

interface Place {
  readonly reader: BinaryReader;
  readonly wireType: WireType;
  readonly depth: number;
}

function readField(
  { reader, wireType, depth }: Place,
  message: Record<string, unknown>,
  [name, { cardinality, type }]: readonly [string, Field],
): void {
  if (cardinality === 'map') {
    const [key, value] = readEntry(type as () => MessageType<object>, reader.bytes(), depth + 1);
    (message[name] as Map<string, object>).set(key, value);
  } else if (cardinality === 'repeated') {
    const values = message[name] as unknown[];
    if (typeof type !== 'function' && wireType !== WIRE_TYPES[type]) {
      readPacked(type, reader.bytes(), values);
    } else {
      values.push(readValue(reader, type, depth));
    }
  } else {
    message[name] = readValue(reader, type, depth);
  }
}

function readValue(reader: BinaryReader, type: Field['type'], depth: number): unknown {
  if (typeof type === 'function') return readMessage(type(), reader.bytes(), depth + 1);
  return READERS[type](reader);
}

function readPacked(type: ScalarType, bytes: Uint8Array, values: unknown[]): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) values.push(READERS[type](reader));
}

function readEntry(
  type: () => MessageType<object>,
  bytes: Uint8Array,
  depth: number,
): [key: string, value: object] {
  const reader = new BinaryReader(bytes);
  let key = '';
  let value = new Uint8Array();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const known = wireType === WireType.LengthDelimited;
    if (number === 1 && known) key = reader.string();
    else if (number === 2 && known) value = new Uint8Array(reader.bytes());
    else reader.skip(wireType, number);
  }
  return [key, readMessage(type(), value, depth)];
}

const READERS: Readonly<Record<ScalarType, (reader: BinaryReader) => unknown>> = {
  double: (reader) => reader.double(),
  float: (reader) => reader.float(),
  int32: (reader) => reader.int32(),
  int64: (reader) => Number(reader.int64()),
  bool: (reader) => reader.bool(),
  string: (reader) => reader.string(),
  bytes: (reader) => reader.bytes(),
};

function isExpected({ cardinality, type }: Field, wireType: WireType): boolean {
  if (typeof type === 'function') return wireType === WireType.LengthDelimited;
  const packed = cardinality === 'repeated' && wireType === WireType.LengthDelimited;
  return packed || wireType === WIRE_TYPES[type];
}

const ZEROS: Readonly<Record<ScalarType, unknown>> = {
  double: 0,
  float: 0,
  int32: 0,
  int64: 0,
  bool: false,
  string: '',
  bytes: new Uint8Array(),
};

function defaults(type: MessageType<object>): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  for (const [name, field] of type.fields) {
    if (field.cardinality === 'map') message[name] = new Map();
    else if (field.cardinality === 'repeated') message[name] = [];
    else if (field.cardinality === 'implicit') message[name] = ZEROS[field.type as ScalarType];
  }
  return message;
}
