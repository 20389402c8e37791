import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileSpec } from './data-set-spec.js';
import { readZipMember } from './download/zip-member.js';
import { MnistError } from './mnist-error.js';
import type { MnistSource } from './mnist-source.js';
import { nodeTools } from './node/node-tools.js';
import { readBytes } from './node/read-bytes.js';

/** How many names an error lists of what it found instead. */
const LISTED = 10;

/**
 * The files of a data set in a folder, each gzipped (`.gz`) or not, under their published names or
 * with a dot before `idx` (`train-images.idx3-ubyte`), as some archives have them. Where several
 * are there, the uncompressed one is read, or the gzipped one where only that one's hash is known;
 * and the archive in which a data set is published
 * (EMNIST's `gzip.zip`) where none is. Nothing is read before `loadMnist` asks.
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
    tools: nodeTools,
    async read(file, { dataSet: { archive }, spec }) {
      const id = { source, file };
      const there = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
        const got = codeOf(cause);
        throw new MnistError(id, `expected a folder that holds it, got ${got}`, { cause });
      });
      const names = namesOf(spec);
      // Some archives unpack to folders of the files' names beside the files.
      const files = there.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
      const name = names.find((candidate) => files.includes(candidate));
      if (name === undefined && archive !== undefined && files.includes(archive.name)) {
        return readZipMember(join(path, archive.name), `${archive.folder}${file}.gz`);
      }
      if (name === undefined) {
        throw new MnistError(id, `expected ${names.join(' or ')}, got ${list(files)}`);
      }
      return readBytes(join(path, name)).catch((cause: unknown) => {
        throw new MnistError(id, `expected ${name} to be readable, got ${codeOf(cause)}`, {
          cause,
        });
      });
    },
  };
}

/** In the order of preference: a file whose content has no known hash is better gzipped. */
function namesOf({ name, sha256, gzipSha256 }: FileSpec): readonly string[] {
  const plain = [name, name.replace('-idx', '.idx')];
  const gzipped = plain.map((file) => `${file}.gz`);
  const preferGzip = sha256 === undefined && gzipSha256 !== undefined;
  return preferGzip ? [...gzipped, ...plain] : [...plain, ...gzipped];
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
