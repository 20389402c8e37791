import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ScalarPoint {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** The scalars of all event files of a folder. Throws where a file ends within a record. */
export async function readScalars(folder: string): Promise<readonly ScalarPoint[]> {
  return (await readFolder(folder)).flatMap(readEvent);
}

/** The serialized graphs of all event files of a folder: an Event's field 4. */
export async function readGraphs(folder: string): Promise<readonly Uint8Array[]> {
  const graphs = (await readFolder(folder)).map((event) => fieldsOf(event)[4]);
  return graphs.filter((graph) => graph instanceof Uint8Array);
}

/** The records of all event files of a folder. */
async function readFolder(folder: string): Promise<readonly Uint8Array[]> {
  const names = (await readdir(folder)).toSorted();
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return files.flatMap((bytes) => readRecords(bytes));
}

/** The data of each TFRecord: its length in 8 bytes, a checksum in 4, the data, a checksum in 4. */
function readRecords(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at + 12;
    const end = start + Number(view.getBigUint64(at, true));
    if (end + 4 > bytes.length)
      throw new Error(`a record of ${at} to ${end}, cut at ${bytes.length}`);
    records.push(bytes.subarray(start, end));
    at = end + 4;
  }
  return records;
}

/** An Event's step is its field 2, its summary field 5, of which each value is field 1. */
function readEvent(event: Uint8Array): readonly ScalarPoint[] {
  const { 2: step = 0, 5: summary } = fieldsOf(event);
  if (!(summary instanceof Uint8Array)) return [];
  const { 1: tag, 2: value } = fieldsOf(fieldsOf(summary)[1] as Uint8Array);
  return [
    {
      tag: new TextDecoder().decode(tag as Uint8Array),
      step: step as number,
      value: value as number,
    },
  ];
}

/** A protobuf message's fields by their numbers; of several with one number the last. */
function fieldsOf(message: Uint8Array): Record<number, number | Uint8Array> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const fields: Record<number, number | Uint8Array> = {};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const sizes: Record<number, () => number> = { 1: () => 8, 2: varint, 5: () => 4 };
  while (at < message.length) {
    const key = varint();
    const type = key & 7;
    const field = key >> 3;
    if (type === 0) {
      fields[field] = varint();
    } else {
      const size = sizes[type]!();
      if (type === 1) fields[field] = view.getFloat64(at, true);
      else if (type === 5) fields[field] = view.getFloat32(at, true);
      else fields[field] = message.subarray(at, at + size);
      at += size;
    }
  }
  return fields;
}
