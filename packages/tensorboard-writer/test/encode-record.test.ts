import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../src/records/encode-record.js';
import { RecordBuffer } from '../src/records/record-buffer.js';
import { readRecords } from './read-events.js';

describe('encodeRecord', () => {
  test('frames a file version event as TensorFlow did, byte for byte', () => {
    const event = Buffer.from(
      '\x09\x00\x00\x80\x38\x99\xd6\xd7\x41\x1a\x0dbrain.Event:2',
      'latin1',
    );
    expect(Buffer.from(encodeRecord(event)).toString('latin1')).toBe(
      '\x18\x00\x00\x00\x00\x00\x00\x00' +
        '\xa3\x7f\x4b\x22' +
        '\x09\x00\x00\x80\x38\x99\xd6\xd7\x41\x1a\x0dbrain.Event:2' +
        '\x12\x4b\x36\xab',
    );
  });

  test('frames an empty record in 16 bytes', () => {
    const record = encodeRecord(new Uint8Array(0));
    expect(Buffer.from(record).toString('hex')).toBe('000000000000000029039807d8ea82a2');
    expect(readRecords(record)).toEqual([new Uint8Array(0)]);
  });

  test('puts any data between true checksums, so that a file of records reads back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (data) => {
        const buffer = new RecordBuffer();
        for (const bytes of data) buffer.append(encodeRecord(bytes));
        expect(readRecords(buffer.take())).toEqual(data.map((bytes) => new Uint8Array(bytes)));
      }),
    );
  });
});
