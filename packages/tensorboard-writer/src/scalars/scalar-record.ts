import { event } from '../messages/event.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import { encodeRecord } from '../records/encode-record.js';
import { maskedCRC32C } from '../records/masked-crc32c.js';

/** One point of a curve. */
export interface Scalar {
  readonly tag: string;
  readonly value: number;
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

// A record: 12 bytes of length and its checksum, the event, 4 bytes of checksum. The event: key and
// wall time (9 bytes), key and step, what names the tag, and last the 4 bytes of the value.
const EVENT = 12;
const WALL_TIME = EVENT + 1;
const STEP = EVENT + 10;
const VALUE_FROM_END = 8;
const CRC_FROM_END = 4;

/**
 * The record of a scalar, encoded as every event is. Then it can become that of another scalar of
 * its tag, for which only value, step, wall time and checksum have to be put in: that is much faster.
 */
export class ScalarRecord {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #event: Uint8Array;
  readonly #stepBytes: number;
  readonly #hasWallTime: boolean;

  constructor({ tag, value, step, wallTime }: Scalar) {
    const summary = { value: [{ tag, simpleValue: value }] };
    const bytes = encodeRecord(encodeMessage(event, { wallTime, step, summary }));
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.#event = bytes.subarray(EVENT, -CRC_FROM_END);
    this.#stepBytes = varintBytes(step);
    this.#hasWallTime = wallTime !== 0;
  }

  /** Whether a scalar of its tag with this step and wall time has the same layout. */
  fits(step: number, wallTime: number): boolean {
    return this.#hasWallTime && wallTime !== 0 && varintBytes(step) === this.#stepBytes;
  }

  /** Becomes the record of another scalar, one that fits. */
  set(value: number, step: number, wallTime: number): void {
    const { length } = this.bytes;
    this.#view.setFloat64(WALL_TIME, wallTime, true);
    if (step !== 0) this.#setStep(step);
    this.#view.setFloat32(length - VALUE_FROM_END, value, true);
    this.#view.setUint32(length - CRC_FROM_END, maskedCRC32C(this.#event), true);
  }

  #setStep(step: number): void {
    let at = STEP;
    let rest = step;
    // Steps have up to 53 bits, and the operators on bits take 32.
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[at++] = (rest % 128) + 128;
    this.bytes[at] = rest;
  }
}

/** How many bytes a step takes: seven bits in each, and none for 0, which is left out. */
function varintBytes(step: number): number {
  let bytes = 0;
  for (let rest = step; rest >= 1; rest /= 128) bytes++;
  return bytes;
}
