import { kind } from './kind.js';

/**
 * Asserts that a text is a string that UTF-8 can hold.
 *
 * @param where - who complains, and about what: `SummaryWriter.text: text`
 * @throws TypeError if it is no string
 * @throws RangeError if it has half a surrogate pair
 */
export function checkString(where: string, text: unknown): void {
  if (typeof text !== 'string') {
    throw new TypeError(`${where}: expected a string, got ${kind(text)}`);
  }
  // An encoder would put U+FFFD here without a word.
  if (/\p{Surrogate}/u.test(text)) {
    throw new RangeError(`${where}: expected well-formed Unicode, got ${kind(text)}`);
  }
}
