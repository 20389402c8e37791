import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MnistError } from './mnist-error.js';
import type { MnistSource } from './mnist-source.js';

/** How many names an error lists of what it found instead. */
const LISTED = 10;

/**
 * The four files in a folder, each gzipped (`.gz`) or not, under their published names or with a
 * dot for the second hyphen (`train-images.idx3-ubyte`), as some archives have them. Where several
 * are there, the uncompressed one is read. Nothing is read before `loadMnist` asks.
 *
 * @param folder - a path, or a `file:` URL
 * @returns a source whose `read` rejects with a MnistError, which says what is in the folder, when
 *   the folder or the file is not there
 */
export function folderSource(folder: string | URL): MnistSource {
  const path = resolve(folder instanceof URL ? fileURLToPath(folder) : folder);
  const source = `folder ${path}`;
  return {
    name: source,
    async read(file) {
      const id = { source, file };
      const there = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
        const got = codeOf(cause);
        throw new MnistError(id, `expected a folder that holds it, got ${got}`, { cause });
      });
      const names = namesOf(file);
      // Some archives unpack to folders of the files' names beside the files.
      const files = there.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
      const name = names.find((candidate) => files.includes(candidate));
      if (name === undefined) {
        throw new MnistError(id, `expected ${names.join(' or ')}, got ${list(files)}`);
      }
      return readFile(join(path, name)).catch((cause: unknown) => {
        throw new MnistError(id, `expected ${name} to be readable, got ${codeOf(cause)}`, {
          cause,
        });
      });
    },
  };
}

function namesOf(file: string): readonly string[] {
  const dotted = file.replace('-idx', '.idx');
  return [file, dotted, `${file}.gz`, `${dotted}.gz`];
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'no files';
  const some = names.toSorted().slice(0, LISTED).join(', ');
  return names.length > LISTED ? `${some} and ${names.length - LISTED} more` : some;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  ENOENT: 'nothing there',
  ENOTDIR: 'something that is no folder',
};

/** The file system's error in a few words, and its code. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return `${WORDS[code] ?? error.message} (${code})`;
}
