import { checkString } from './check-string.js';
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
  // With U+FFFD in place of what is not well-formed, two tags could become one.
  checkString(where, tag);
}
