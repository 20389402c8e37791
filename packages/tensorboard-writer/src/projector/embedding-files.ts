import { type Picture, readPictures } from '../images/image-input.js';
import { imageFiles } from '../summaries/image-summary.js';
import { maskedCRC32C } from '../records/masked-crc32c.js';
import { type Later, whenThere } from '../values/later.js';
import type { NumbersInput } from '../values/numbers.js';
import { readNumbers } from '../values/read-numbers.js';
import { embeddingLabels } from './embedding-labels.js';
import type { EmbeddingOptions } from './embedding-options.js';
import type { EmbeddingInfo } from './projector-config.js';
import { spriteOf } from './sprite.js';
import { numbersTSV } from './tsv.js';

/** What the projector reads of one embedding. */
export interface EmbeddingFiles {
  readonly info: EmbeddingInfo;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

interface Points {
  readonly count: number;
  readonly dimensions: number;
  readonly tsv: string;
}

/** Points of shape `[points, dimensions]`, their labels and pictures as files. */
export function embeddingFiles(
  where: string,
  { tag, step }: { readonly tag: string; readonly step: number },
  vectors: NumbersInput,
  { metadata, images }: EmbeddingOptions,
): Later<EmbeddingFiles> {
  const name = fileName(tag, step);
  // All is read before anything is waited for: it may be gone then.
  const read = readPoints(`${where}: vectors`, vectors);
  const labels = metadata && embeddingLabels(`${where}: metadata`, metadata);
  const pictures = images && readPictures(`${where}: images`, images, Infinity);
  return whenThere(read, (points) => {
    labels?.checkCount(points.count);
    return whenThere(pictures && whenThere(pictures, spriteOfAll), (sprite) =>
      filesOf({ name, tensorName: `${tag}:${padded(step)}` }, points, labels?.tsv, sprite),
    );

    function spriteOfAll(all: readonly Picture[]): Later<Sprite> {
      return spriteFile(`${where}: images`, all, points.count);
    }
  });
}

function filesOf(
  { name, tensorName }: { readonly name: string; readonly tensorName: string },
  { count, dimensions, tsv }: Points,
  labels: string | undefined,
  sprite: Sprite | undefined,
): EmbeddingFiles {
  const files = new Map([[`${name}.tsv`, utf8(tsv)]]);
  if (labels !== undefined) files.set(`${name}.metadata.tsv`, utf8(labels));
  if (sprite !== undefined) files.set(`${name}.png`, sprite.png);
  const info = {
    tensorName,
    tensorPath: `${name}.tsv`,
    tensorShape: [count, dimensions] as const,
    metadataPath: labels === undefined ? undefined : `${name}.metadata.tsv`,
    sprite: sprite && { ...sprite.size, imagePath: `${name}.png` },
  };
  return { info, files };
}

/** File systems take names of 255 bytes, and the rest of a name has up to 40. */
const MAX_TAG_BYTES = 180;

/**
 * A name that any file system takes, for any tag. It must not have the word by which TensorBoard
 * knows event files.
 */
function fileName(tag: string, step: number): string {
  const safe = encodeURIComponent(tag).replaceAll('*', '%2A').replaceAll('tfevents', 'tfevent%73');
  return `projector-${safe.length > MAX_TAG_BYTES ? shortened(safe) : safe}-${padded(step)}`;
}

/** The beginning of a long name, and what sets it apart from others that begin so. */
function shortened(name: string): string {
  const sum = maskedCRC32C(utf8(name)).toString(16).padStart(8, '0');
  return `${name.slice(0, MAX_TAG_BYTES)}-${sum}`;
}

function padded(step: number): string {
  return String(step).padStart(5, '0');
}

function readPoints(where: string, vectors: NumbersInput): Later<Points> {
  return whenThere(readNumbers(where, vectors), ({ data, shape }) => {
    const [count = 0, dimensions = 0] = shape;
    if (shape.length !== 2 || count === 0 || dimensions === 0) {
      const expected = 'a shape [points, dimensions]';
      throw new RangeError(`${where}: expected ${expected}, got [${shape.join(', ')}]`);
    }
    return { count, dimensions, tsv: numbersTSV(data, [count, dimensions]) };
  });
}

interface Sprite {
  /** Of each picture. */
  readonly size: { readonly width: number; readonly height: number };
  readonly png: Uint8Array;
}

function spriteFile(where: string, pictures: readonly Picture[], count: number): Later<Sprite> {
  const [first] = pictures;
  if (first === undefined || pictures.length !== count) {
    const expected = `${count} images, one for each point`;
    throw new RangeError(`${where}: expected ${expected}, got ${pictures.length}`);
  }
  const size = { width: first.width, height: first.height };
  return whenThere(imageFiles([spriteOf(where, pictures)]), ([png = new Uint8Array()]) => ({
    size,
    png,
  }));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
