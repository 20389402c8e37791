import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { convert, type ConvertOptions } from '../../src/cli/convert.js';
import { temporaryFolder } from './temporary-folder.js';

/** A folder that is new for every test, and what is done in it. */
export interface ConvertFiles {
  path(...names: readonly string[]): string;
  write(name: string, bytes: Uint8Array): void;
  read(name: string): Uint8Array;
  /** All files of the folder, in folders too. */
  files(): readonly string[];
  run(from: string, into: string, options?: Partial<ConvertOptions>): Promise<readonly string[]>;
}

export function convertFiles(): ConvertFiles {
  const path = temporaryFolder();
  return {
    path,
    write: (name, bytes) => writeFileSync(path(name), bytes),
    read: (name) => new Uint8Array(readFileSync(path(name))),
    files() {
      const entries = readdirSync(path(), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const paths = files.map(({ name, parentPath }) => `${parentPath}/${name}`);
      return paths.map((file) => file.slice(path().length + 1)).toSorted();
    },
    run: (from, into, options = {}) =>
      convert(path(from), path(into), { signal: new AbortController().signal, ...options }),
  };
}
