import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EventFormatError,
  MAX_RECORD_BYTES,
  readRecords,
  type TornTail,
} from '@unroll/tensorboard-writer';
import { encodeRecord } from '../src/records/encode-record.js';
import { joinRecords } from '../src/records/join-records.js';
import { collect } from './collect.js';
import { bitwiseMaskedCRC32C } from './read-events.js';
import { rejection } from './rejection.js';

const contents = [[1, 2, 3], [], [4], Array.from({ length: 300 }, (_, i) => i & 255)].map((data) =>
  Uint8Array.from(data),
);
const records = contents.map((data) => encodeRecord(data));
const file = joinRecords(records);
const offsets = [0, 19, 35, 52];

/** The start of a record whose length has the checksum that the format asks for. */
function header(length: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, length, true);
  view.setUint32(8, bitwiseMaskedCRC32C(bytes.subarray(0, 8)), true);
  return bytes;
}

/** The file with one byte other than it should be. */
function broken(at: number): Uint8Array {
  const bytes = file.slice();
  bytes[at]! ^= 1;
  return bytes;
}

describe('readRecords', () => {
  test('gives what each record holds, and the byte where it begins', async () => {
    expect(await collect(readRecords(file))).toEqual(
      contents.map((data, i) => ({ data, offset: offsets[i] })),
    );
  });

  test('gives the same however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 })), async (cuts) => {
        const ends = [...cuts, file.length].toSorted((a, b) => a - b);
        const pieces = ends.map((end, i) => file.subarray(ends[i - 1] ?? 0, end));
        const read = await collect(readRecords(pieces));
        expect(read.map(({ data }) => data)).toEqual(contents);
      }),
    );
  });

  test('ends quietly wherever a file is cut off, with the whole records before, and tells of the rest', async () => {
    for (let length = 0; length < file.length; length++) {
      const tails: TornTail[] = [];
      const onTail = (tail: TornTail): void => void tails.push(tail);
      const read = await collect(readRecords(file.subarray(0, length), { onTail }));
      const whole = offsets.filter((_, i) => (offsets[i + 1] ?? file.length) <= length);
      expect(read.map(({ offset }) => offset)).toEqual(whole);
      const offset = whole.length === 0 ? 0 : offsets[whole.length]!;
      const bytes = length - offset;
      expect(tails).toEqual(bytes === 0 ? [] : [{ offset, bytes, path: undefined }]);
    }
  });

  test('names the record of any byte that is wrong, after the records before it', async () => {
    for (let at = 0; at < file.length; at++) {
      const read: number[] = [];
      const reading = (async () => {
        for await (const { offset } of readRecords(broken(at))) read.push(offset);
      })();
      const error = await rejection(reading);
      expect(error).toBeInstanceOf(EventFormatError);
      expect(error).toMatchObject({ offset: offsets.findLast((offset) => offset <= at) });
      expect(read).toEqual(offsets.slice(0, offsets.indexOf((error as EventFormatError).offset)));
    }
  });

  test.each([
    [
      'length',
      19,
      /^readEvents: record at byte 19: expected the checksum 0x\w{8} of its length, got 0x\w{8}$/,
    ],
    [
      'data',
      47,
      /^readEvents: record at byte 35: expected the checksum 0x\w{8} of its data, got 0x\w{8}$/,
    ],
  ])('says which checksum is wrong: that of the %s', async (_, at, message) => {
    expect(await rejection(collect(readRecords(broken(at))))).toMatchObject({
      name: 'EventFormatError',
      message: expect.stringMatching(message),
      path: undefined,
    });
  });

  test.each([BigInt(MAX_RECORD_BYTES) + 1n, 2n ** 40n, 2n ** 64n - 1n])(
    'refuses a record of %d bytes by its length alone',
    async (length) => {
      expect(await rejection(collect(readRecords(header(length))))).toMatchObject({
        name: 'EventFormatError',
        message: `readEvents: record at byte 0: expected at most 268435456 bytes, got ${Number(length)}`,
      });
    },
  );

  test('waits for a record at the limit without taking memory for it', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const tails: TornTail[] = [];
    const bytes = header(BigInt(MAX_RECORD_BYTES));
    expect(await collect(readRecords(bytes, { onTail: (tail) => tails.push(tail) }))).toEqual([]);
    expect(tails).toMatchObject([{ offset: 0, bytes: 12 }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MAX_RECORD_BYTES / 4);
  });

  test('takes the limit that it is given', async () => {
    expect((await collect(readRecords(file, { maxRecordBytes: 300 }))).length).toBe(4);
    expect(await rejection(collect(readRecords(file, { maxRecordBytes: 299 })))).toMatchObject({
      message: 'readEvents: record at byte 52: expected at most 299 bytes, got 300',
    });
  });

  test.each([
    ['3', TypeError, 'readEvents: maxRecordBytes: expected a whole number from 0, got "3"'],
    [-1, RangeError, 'readEvents: maxRecordBytes: expected a whole number from 0, got -1'],
  ])('refuses %j for a limit', async (maxRecordBytes, type, message) => {
    const options = { maxRecordBytes: maxRecordBytes as number };
    const error = await rejection(collect(readRecords(file, options)));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message });
  });
});
