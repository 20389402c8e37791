import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, reasonOf } from './file-error.js';
import type { Images } from './images.js';
import { encodePng } from './png-image.js';
import { progress } from './progress.js';
import { inTurns } from './turns.js';

/** What goes into a folder of PNGs. */
export interface PngFolderContent {
  readonly images: Images;
  /** One for each image. Without them all images are in the folder itself. */
  readonly labels?: readonly number[] | undefined;
}

/** Options of {@link writePngFolder}. */
export interface WritePngFolderOptions {
  readonly signal: AbortSignal;
  /** Begins the messages. */
  readonly where: string;
}

/**
 * Writes `folder/<label>/<index>.png`, the layout of torchvision's `ImageFolder`, or without labels
 * `folder/<index>.png`. Both numbers have zeros in front, so that the order of the names is theirs.
 *
 * @throws FileError when a file cannot be written
 */
export async function writePngFolder(
  folder: string,
  { images, labels }: PngFolderContent,
  { signal, where }: WritePngFolderOptions,
): Promise<void> {
  const digits = String(Math.max(images.count - 1, 0)).length;
  const classes = labels && classNames(labels);
  const bar = progress(images.count, 'images');
  try {
    for (const name of new Set(['', ...(classes?.values() ?? [])])) mkdirSync(join(folder, name));
    await inTurns(
      images.count,
      (index) => {
        const name = `${String(index).padStart(digits, '0')}.png`;
        const label = classes?.get(labels?.[index] as number) ?? '';
        writeFileSync(join(folder, label, name), encodePng(images.at(index)));
      },
      { signal, at: bar.at },
    );
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new FileError(`${where}: expected to be written, got ${reasonOf(cause)}`, { cause });
  } finally {
    bar.stop();
  }
}

/** Each label's folder. */
function classNames(labels: readonly number[]): ReadonlyMap<number, string> {
  const classes = [...new Set(labels)].toSorted((a, b) => a - b);
  const digits = String(classes.at(-1) ?? 0).length;
  return new Map(classes.map((label) => [label, String(label).padStart(digits, '0')]));
}
