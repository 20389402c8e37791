import { BinaryReader } from '@bufbuild/protobuf/wire';

/** What the tests look at in an event. */
export interface ReadEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  writer?: string;
  tag?: string;
  value?: number;
  /** The status of a session log. */
  session?: number;
}

/** CRC-32C one bit at a time, to have a second opinion. */
function bitwiseCRC32C(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}

/** The masked checksum by the formula of the format. */
export function bitwiseMaskedCRC32C(bytes: Uint8Array): number {
  const crc = bitwiseCRC32C(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The data of each record; throws on a wrong checksum and on half a record. */
export function readRecords(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 12 + Number(view.getBigUint64(at, true));
    checkCRC(bytes.subarray(at, at + 8), view.getUint32(at + 8, true));
    checkCRC(bytes.subarray(at + 12, end), view.getUint32(end, true));
    records.push(bytes.slice(at + 12, end));
    at = end + 4;
  }
  return records;
}

/** The bytes up to the last whole record: a process that is killed may leave a part of one more. */
export function wholeRecords(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 0;
  for (let next = 0; next <= bytes.length;) {
    end = next;
    next = end + 8 <= bytes.length ? end + 16 + Number(view.getBigUint64(end, true)) : Infinity;
  }
  return bytes.subarray(0, end);
}

/** The events of an event file. */
export function readEvents(bytes: Uint8Array): ReadEvent[] {
  return readRecords(bytes).map(readEvent);
}

function checkCRC(bytes: Uint8Array, crc: number): void {
  if (bitwiseMaskedCRC32C(bytes) !== crc) throw new Error('wrong checksum');
}

function readEvent(bytes: Uint8Array): ReadEvent {
  const event: ReadEvent = { wallTime: 0, step: 0 };
  readFields(bytes, (reader, field) => {
    if (field === 1) event.wallTime = reader.double();
    else if (field === 2) event.step = Number(reader.int64());
    else if (field === 3) event.fileVersion = reader.string();
    else if (field === 5) readValue(reader.bytes(), event);
    else if (field === 7) event.session = readStatus(reader.bytes());
    else if (field === 10) event.writer = readWriter(reader.bytes());
    else throw new Error(`event field ${field}`);
  });
  return event;
}

function readValue(summary: Uint8Array, event: ReadEvent): void {
  readFields(summary, (values) => {
    readFields(values.bytes(), (reader, field) => {
      if (field === 1) event.tag = reader.string();
      else if (field === 2) event.value = reader.float();
      else throw new Error(`value field ${field}`);
    });
  });
}

function readStatus(sessionLog: Uint8Array): number {
  let status = 0;
  readFields(sessionLog, (reader) => {
    status = reader.int32();
  });
  return status;
}

function readWriter(sourceMetadata: Uint8Array): string {
  let writer = '';
  readFields(sourceMetadata, (reader) => {
    writer = reader.string();
  });
  return writer;
}

function readFields(bytes: Uint8Array, each: (reader: BinaryReader, field: number) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    each(reader, field);
  }
}
