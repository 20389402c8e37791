import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { type DecodingPlan, decodingPlan, type PlannedField } from './decoding-plan.js';
import type { MessageType, ScalarType } from './message-type.js';

/** Messages within messages: protobuf's own limit, far over what a graph's functions need. */
export const MAX_MESSAGE_DEPTH: number = 100;

/**
 * Messages, and strings and bytes in lists, in one message: an empty one is two bytes on the wire and
 * a hundred and more in memory, so that without a limit a file could ask for many times its size. No
 * step logs a million tags.
 */
export const MAX_DECODED_OBJECTS: number = 2 ** 20;

/**
 * Numbers in lists in one message: one byte on the wire, eight in memory. Larger tensors have their
 * elements as bytes.
 */
export const MAX_DECODED_NUMBERS: number = 2 ** 24;

/**
 * Reads a message. Fields that it does not know, or that come with another wire type, are skipped;
 * what is not there reads as zero, empty or undefined. Bytes are views of those given.
 *
 * @throws RangeError if the bytes end within a field, or there is more in them than the limits allow
 * @throws Error if a field is none (number 0, an unknown wire type)
 */
export function decodeMessage<M extends object>(type: MessageType<M>, bytes: Uint8Array): M {
  const place = { reader: new BinaryReader(bytes), bytes, objects: 0, numbers: 0 };
  return readMessage(place, decodingPlan(type), bytes.length, 1) as M;
}

/** Where decoding is: one reader for a message and all in it. */
interface Place {
  readonly reader: BinaryReader;
  readonly bytes: Uint8Array;
  /** What the limits count. */
  objects: number;
  numbers: number;
}

function readMessage(place: Place, plan: DecodingPlan, end: number, depth: number): object {
  if (depth > MAX_MESSAGE_DEPTH) throw tooMuch(`messages at most ${MAX_MESSAGE_DEPTH} deep`);
  countObject(place);
  const { reader } = place;
  const message: Record<string, unknown> = { ...plan.defaults };
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = plan.fields.get(number);
    if (field === undefined) reader.skip(wireType, number);
    else if (wireType === field.wireType) readField(place, message, field, depth);
    else if (wireType === WireType.LengthDelimited && field.packable) {
      readPacked(place, message, field);
    } else reader.skip(wireType, number);
  }
  checkEnd(reader, plan.name, end);
  return message;
}

function countObject(place: Place): void {
  if (++place.objects > MAX_DECODED_OBJECTS) {
    throw tooMuch(`at most ${MAX_DECODED_OBJECTS} messages, strings and bytes`);
  }
}

function countNumber(place: Place): void {
  if (++place.numbers > MAX_DECODED_NUMBERS)
    throw tooMuch(`at most ${MAX_DECODED_NUMBERS} numbers`);
}

function tooMuch(expected: string): RangeError {
  return new RangeError(`decodeMessage: expected ${expected}, got more`);
}

/** The reader's own check is the end of all bytes; a message within has to end at its own. */
function checkEnd(reader: BinaryReader, name: string, end: number): void {
  if (reader.pos === end) return;
  throw new RangeError(`decodeMessage: ${name}: expected its last field to end with it`);
}

function readField(
  place: Place,
  message: Record<string, unknown>,
  field: PlannedField,
  depth: number,
): void {
  const { name, cardinality } = field;
  if (cardinality === 'implicit' || cardinality === 'optional') {
    message[name] = readValue(place, field, depth);
  } else if (cardinality === 'repeated') {
    if (field.packable) countNumber(place);
    else if (typeof field.type !== 'function') countObject(place);
    listIn(message, name).push(readValue(place, field, depth));
  } else {
    const map = message[name] as ReadonlyMap<string, object>;
    // Until the first entry it is the default, which all messages share.
    const own = map.size === 0 ? new Map<string, object>() : (map as Map<string, object>);
    message[name] = own;
    readEntry(place, own, field.nested(), depth + 1);
  }
}

function listIn(message: Record<string, unknown>, name: string): unknown[] {
  const list = message[name] as unknown[];
  if (list.length > 0) return list;
  const own: unknown[] = [];
  message[name] = own;
  return own;
}

function readValue(place: Place, { type, nested }: PlannedField, depth: number): unknown {
  if (typeof type !== 'function') return READERS[type](place);
  return readMessage(place, nested(), readEnd(place.reader), depth + 1);
}

/** Reads a length, and gives where what has it ends. */
function readEnd(reader: BinaryReader): number {
  const length = reader.uint32();
  return reader.pos + length;
}

function readPacked(place: Place, message: Record<string, unknown>, field: PlannedField): void {
  const { reader } = place;
  const read = READERS[field.type as ScalarType];
  const end = readEnd(reader);
  if (reader.pos === end) return;
  const list = listIn(message, field.name);
  while (reader.pos < end) {
    countNumber(place);
    list.push(read(place));
  }
  checkEnd(reader, field.name, end);
}

/** A map is a repeated message of a key, 1, and a value, 2. */
function readEntry(
  place: Place,
  map: Map<string, object>,
  plan: DecodingPlan,
  depth: number,
): void {
  const { reader } = place;
  const end = readEnd(reader);
  countObject(place);
  let key = '';
  let value: object = { ...plan.defaults };
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited || number > 2) reader.skip(wireType, number);
    else if (number === 1) key = reader.string();
    else value = readMessage(place, plan, readEnd(reader), depth);
  }
  checkEnd(reader, plan.name, end);
  map.set(key, value);
}

const READERS: Readonly<Record<ScalarType, (place: Place) => unknown>> = {
  double: ({ reader }) => reader.double(),
  float: ({ reader }) => reader.float(),
  int32: ({ reader }) => reader.int32(),
  int64: readInt64,
  bool: ({ reader }) => reader.bool(),
  string: ({ reader }) => reader.string(),
  bytes: ({ reader }) => reader.bytes(),
};

/** Past 7 bytes a varint may be over 2^49, and the library's way through a bigint is the safe one. */
const PLAIN_VARINT_BYTES = 7;

function readInt64({ reader, bytes }: Place): number {
  let value = 0;
  let scale = 1;
  const last = Math.min(reader.pos + PLAIN_VARINT_BYTES, bytes.length);
  for (let at = reader.pos; at < last; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      reader.pos = at + 1;
      return value;
    }
    scale *= 0x80;
  }
  return Number(reader.int64());
}
