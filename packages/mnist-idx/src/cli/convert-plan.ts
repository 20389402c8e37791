import { lstat, stat } from 'node:fs/promises';
import { UsageError } from './file-error.js';

/** What a path of `convert` is. */
export type Kind = 'idx' | 'npy' | 'png';

export const KINDS: readonly Kind[] = ['idx', 'npy', 'png'];

/** The names of the format's files: `train-images-idx3-ubyte`, `labels.idx1-ubyte.gz`, `a.idx`. */
const IDX_NAME = /(?:idx\d?|ubyte|idx2-int)(?:\.gz)?$/;

/**
 * What an output is by its name: `.npy`, an IDX file's name, or a folder of PNGs, which ends in a
 * slash or is there already.
 *
 * @throws UsageError when the name does not say
 */
export async function kindOfOutput(path: string): Promise<Kind> {
  if (path.endsWith('.npy')) return 'npy';
  if (/[/\\]$/.test(path) || (await isFolder(path))) return 'png';
  if (IDX_NAME.test(path)) return 'idx';
  const ways = 'end in .npy or .idx (.gz), or in a slash for a folder of PNGs, or --to';
  throw new UsageError(`${path}: expected a name that says what to make: ${ways}`);
}

/** Whether a folder is there itself, and not a link to one: a link would be replaced. */
export async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Whether a path leads to a folder, over links too. */
export async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
