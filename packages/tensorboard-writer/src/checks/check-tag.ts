import { kind } from './kind.js';

/**
 * Asserts that a tag is a non-empty string that UTF-8 can hold.
 *
 * @param where - who complains: `SummaryWriter.scalar: tag`
 * @throws TypeError if it is no string
 * @throws RangeError if it is empty, or has half a surrogate pair
 */
export function checkTag(where: string, tag: unknown): void {
  if (typeof tag !== 'string' || tag === '') {
    const message = `${where}: expected a non-empty string, got ${kind(tag)}`;
    throw tag === '' ? new RangeError(message) : new TypeError(message);
  }
  // An encoder would put U+FFFD here without a word, and two tags could become one.
  if (/\p{Surrogate}/u.test(tag)) {
    throw new RangeError(`${where}: expected well-formed Unicode, got ${kind(tag)}`);
  }
}
