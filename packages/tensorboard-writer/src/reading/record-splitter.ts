import { joinRecords } from '../records/join-records.js';
import { maskedCRC32C } from '../records/masked-crc32c.js';
import { EventFormatError } from './event-format-error.js';

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + CRC_BYTES;
const UINT32 = 2 ** 32;

/** One record of an event file. */
export interface EventRecord {
  /** What it holds, a serialized Event; a view of the source's bytes. */
  readonly data: Uint8Array;
  /** The byte of the file where it begins. */
  readonly offset: number;
}

/**
 * Cuts bytes, which come in pieces of any size, into records, and checks both checksums of each. A
 * length is believed only with its checksum and within the limit, and even then nothing is
 * allocated before all its bytes have come.
 */
export class RecordSplitter {
  readonly #path: string | undefined;
  readonly #maxRecordBytes: number;
  /** What has come and is not yet given out, from `#start` in the first piece. */
  #pieces: Uint8Array[] = [];
  #start = 0;
  #pending = 0;
  #offset = 0;
  /** The length of the record that is coming, once its header is checked. */
  #length: number | undefined;

  constructor(maxRecordBytes: number, path?: string) {
    this.#maxRecordBytes = maxRecordBytes;
    this.#path = path;
  }

  /** The byte of the file after the last whole record. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes after that have come. */
  get pending(): number {
    return this.#pending;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#pending += bytes.length;
  }

  /** Forgets what came after the last whole record: it will come again. */
  rewind(): void {
    this.#pieces = [];
    this.#start = 0;
    this.#pending = 0;
    this.#length = undefined;
  }

  /**
   * The next record, or undefined if it has not come whole.
   *
   * @throws EventFormatError if a checksum is wrong, or the record is over the limit
   */
  next(): EventRecord | undefined {
    if (this.#pending < HEADER_BYTES) return undefined;
    this.#length ??= this.#readHeader();
    const length = this.#length;
    const recordBytes = HEADER_BYTES + length + CRC_BYTES;
    if (this.#pending < recordBytes) return undefined;
    const record = this.#front(recordBytes);
    const data = record.subarray(HEADER_BYTES, HEADER_BYTES + length);
    this.#checkCRC('data', data, readUint32(record, HEADER_BYTES + length));
    const offset = this.#offset;
    this.#drop(recordBytes);
    return { data, offset };
  }

  #readHeader(): number {
    const header = this.#front(HEADER_BYTES);
    const crc = readUint32(header, LENGTH_BYTES);
    this.#checkCRC('length', header.subarray(0, LENGTH_BYTES), crc);
    const length = readUint32(header, 0) + readUint32(header, 4) * UINT32;
    if (length <= this.#maxRecordBytes) return length;
    throw this.#error(`expected at most ${this.#maxRecordBytes} bytes, got ${length}`);
  }

  #checkCRC(what: string, bytes: Uint8Array, crc: number): void {
    const expected = maskedCRC32C(bytes);
    if (crc === expected) return;
    throw this.#error(`expected the checksum ${hex(expected)} of its ${what}, got ${hex(crc)}`);
  }

  #error(message: string): EventFormatError {
    return new EventFormatError(message, { offset: this.#offset, path: this.#path });
  }

  /** The first bytes of what has come, in one piece. */
  #front(count: number): Uint8Array {
    const first = this.#pieces[0]!;
    if (first.length - this.#start < count) {
      this.#pieces[0] = first.subarray(this.#start);
      this.#pieces = [joinRecords(this.#pieces)];
      this.#start = 0;
    }
    return this.#pieces[0]!.subarray(this.#start, this.#start + count);
  }

  /** Lets go of bytes that are in one piece. */
  #drop(count: number): void {
    this.#start += count;
    this.#pending -= count;
    this.#offset += count;
    this.#length = undefined;
    if (this.#start < this.#pieces[0]!.length) return;
    this.#pieces.shift();
    this.#start = 0;
  }
}

function readUint32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

function hex(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}
