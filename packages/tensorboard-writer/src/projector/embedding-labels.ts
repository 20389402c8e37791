import { checkString } from '../checks/check-string.js';
import { kind } from '../checks/kind.js';
import type { EmbeddingOptions } from './embedding-options.js';
import { labelsTSV } from './tsv.js';

type Labels = readonly (string | number)[];

/** Labels as the projector reads them. */
export interface EmbeddingLabels {
  readonly tsv: string;
  /** @throws RangeError unless there is one for each point */
  checkCount(points: number): void;
}

/** @throws TypeError if it is no array of labels, nor an object of such arrays */
export function embeddingLabels(
  where: string,
  metadata: NonNullable<EmbeddingOptions['metadata']>,
): EmbeddingLabels {
  if (typeof metadata !== 'object') {
    const expected = 'an array of labels, or an object of such arrays';
    throw new TypeError(`${where}: expected ${expected}, got ${kind(metadata)}`);
  }
  const columns: [name: string, labels: Labels][] = Array.isArray(metadata)
    ? [['label', metadata]]
    : Object.entries(metadata as Readonly<Record<string, Labels>>);
  for (const [column, labels] of columns) {
    if (!Array.isArray(labels)) {
      throw new TypeError(`${where}: ${column}: expected an array, got ${kind(labels)}`);
    }
    for (const label of labels as Labels) {
      if (typeof label !== 'number') checkString(`${where}: ${column}`, label);
    }
  }
  const counts = columns.map(([column, { length }]) => ({ column, length }));
  return {
    tsv: labelsTSV(columns),
    checkCount(points) {
      for (const { column, length } of counts) {
        if (length === points) continue;
        const expected = `${points} labels, one for each point`;
        throw new RangeError(`${where}: ${column}: expected ${expected}, got ${length}`);
      }
    },
  };
}
