import { checkString } from '../checks/check-string.js';
import { kind } from '../checks/kind.js';
import { type Picture, readPictures } from '../images/image-input.js';
import { pngFiles } from '../summaries/image-summary.js';
import { type Later, whenThere } from '../values/later.js';
import type { NumbersInput } from '../values/numbers.js';
import { readNumbers } from '../values/read-numbers.js';
import type { EmbeddingOptions } from './embedding-options.js';
import type { EmbeddingInfo, SpriteInfo } from './projector-config.js';
import { spriteOf } from './sprite.js';
import { labelsTSV, numbersTSV } from './tsv.js';

/** What the projector reads of one embedding. */
export interface EmbeddingFiles {
  readonly info: EmbeddingInfo;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

interface Points {
  readonly where: string;
  /** Begins the names of all files. */
  readonly name: string;
  readonly count: number;
}

/** Points of shape `[points, dimensions]`, their labels and pictures as files. */
export function embeddingFiles(
  where: string,
  { tag, step }: { readonly tag: string; readonly step: number },
  vectors: NumbersInput,
  { metadata, images }: EmbeddingOptions,
): Later<EmbeddingFiles> {
  const name = fileName(tag, step);
  return whenThere(readNumbers(`${where}: vectors`, vectors), ({ data, shape }) => {
    const [count = 0, dimensions = 0] = shape;
    if (shape.length !== 2 || count === 0 || dimensions === 0) {
      const got = `[${shape.join(', ')}]`;
      throw new RangeError(`${where}: vectors: expected a shape [points, dimensions], got ${got}`);
    }
    const points = { where, name, count };
    const files = new Map([[`${name}.tsv`, utf8(numbersTSV(data, [count, dimensions]))]]);
    const labels = metadata === undefined ? undefined : labelsOf(points, metadata);
    if (labels !== undefined) files.set(`${name}.metadata.tsv`, utf8(labels));
    return whenThere(images === undefined ? undefined : spriteFile(points, images), (sprite) => {
      if (sprite !== undefined) files.set(sprite.info.imagePath, sprite.png);
      const info = {
        tensorName: `${tag}:${String(step).padStart(5, '0')}`,
        tensorPath: `${name}.tsv`,
        tensorShape: [count, dimensions] as const,
        metadataPath: labels === undefined ? undefined : `${name}.metadata.tsv`,
        sprite: sprite?.info,
      };
      return { info, files };
    });
  });
}

/**
 * A name that any file system takes, for any tag. It must not have the word by which TensorBoard
 * knows event files.
 */
function fileName(tag: string, step: number): string {
  const safe = encodeURIComponent(tag).replaceAll('*', '%2A').replaceAll('tfevents', 'tfevent%73');
  return `projector-${safe}-${String(step).padStart(5, '0')}`;
}

function labelsOf(
  { where, count }: Points,
  metadata: NonNullable<EmbeddingOptions['metadata']>,
): string {
  if (typeof metadata !== 'object') {
    const expected = 'an array of labels, or an object of such arrays';
    throw new TypeError(`${where}: metadata: expected ${expected}, got ${kind(metadata)}`);
  }
  const columns = Array.isArray(metadata)
    ? [['label', metadata as readonly (string | number)[]] as const]
    : Object.entries(metadata as Readonly<Record<string, readonly (string | number)[]>>);
  for (const [column, labels] of columns) {
    if (!Array.isArray(labels) || labels.length !== count) {
      const expected = `${count} labels, one for each point`;
      const message = `${where}: metadata: ${column}: expected ${expected}, got ${kind(labels)}`;
      throw Array.isArray(labels) ? new RangeError(message) : new TypeError(message);
    }
    for (const label of labels) {
      if (typeof label !== 'number') checkString(`${where}: metadata: ${column}`, label);
    }
  }
  return labelsTSV(columns);
}

function spriteFile(
  { where, name, count }: Points,
  images: NonNullable<EmbeddingOptions['images']>,
): Later<{ readonly info: SpriteInfo; readonly png: Uint8Array }> {
  const place = `${where}: images`;
  return whenThere(readPictures(place, images, Infinity), (pictures) => {
    const sprite = spriteOf(place, countChecked(place, pictures, count));
    const [first = sprite] = pictures;
    return whenThere(pngFiles([sprite]), ([png = new Uint8Array()]) => ({
      info: { imagePath: `${name}.png`, width: first.width, height: first.height },
      png,
    }));
  });
}

function countChecked(
  where: string,
  pictures: readonly Picture[],
  count: number,
): readonly Picture[] {
  if (pictures.length === count) return pictures;
  const expected = `${count} images, one for each point`;
  throw new RangeError(`${where}: expected ${expected}, got ${pictures.length}`);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
