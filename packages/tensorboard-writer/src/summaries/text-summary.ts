import { checkString } from '../checks/check-string.js';
import { kind } from '../checks/kind.js';
import { stringTensor } from '../messages/make-tensor-proto.js';
import type { SummaryValue } from '../messages/summary.js';
import type { Init } from '../protobuf/message-type.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** A text in Markdown, or several: a list is shown as a table of one column, rows as a table. */
export type TextInput = string | readonly string[] | readonly (readonly string[])[];

/** A string tensor of rank 0, 1 or 2. */
export function textSummary(
  where: string,
  tag: string,
  text: TextInput,
  options: SummaryOptions,
): Init<SummaryValue> {
  const { strings, shape } = flatten(`${where}: text`, text);
  for (const [i, string] of strings.entries()) {
    checkString(shape.length === 0 ? `${where}: text` : `${where}: text: cell ${i}`, string);
  }
  return { tag, tensor: stringTensor(strings, shape), metadata: metadataOf('text', options) };
}

function flatten(
  where: string,
  text: TextInput,
): { readonly strings: readonly string[]; readonly shape: readonly number[] } {
  if (typeof text === 'string') return { strings: [text], shape: [] };
  if (!Array.isArray(text)) {
    throw new TypeError(`${where}: expected a string or an array, got ${kind(text)}`);
  }
  const rows = text as readonly (string | readonly string[])[];
  if (!Array.isArray(rows[0])) return { strings: rows as readonly string[], shape: [rows.length] };
  const columns = rows[0].length;
  const other = rows.find((row) => !Array.isArray(row) || row.length !== columns);
  if (other !== undefined) {
    throw new RangeError(`${where}: expected rows of ${columns} cells, got ${kind(other)}`);
  }
  return { strings: (rows as readonly string[][]).flat(), shape: [rows.length, columns] };
}
