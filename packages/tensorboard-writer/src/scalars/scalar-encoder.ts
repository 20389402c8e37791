import { type Scalar, ScalarRecord } from './scalar-record.js';

// Bounds the memory of a program that makes up tags as it goes: a few MB.
const MAX_TAGS = 1000;
const MAX_TAG_LENGTH = 1000;

/** Makes the records of scalars, and keeps one of each tag to make the next one of. */
export class ScalarEncoder {
  readonly #records = new Map<string, ScalarRecord>();

  /** The record of a scalar, until the next one. */
  encode(scalar: Scalar): Uint8Array {
    const { tag, value, step, wallTime } = scalar;
    const known = this.#records.get(tag);
    if (known?.fits(step, wallTime)) {
      known.set(value, step, wallTime);
      return known.bytes;
    }
    const record = new ScalarRecord(scalar);
    if (known === undefined && this.#records.size === MAX_TAGS) this.#records.clear();
    if (tag.length <= MAX_TAG_LENGTH) this.#records.set(tag, record);
    return record.bytes;
  }
}
