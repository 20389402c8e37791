/** A file that is not what the command needs: `path: what: expected ..., got ...`. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
}

/** Options that do not go together. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'a folder',
  ENOENT: 'nothing there',
  ENOTDIR: 'something that is no folder on the way',
  ENOSPC: 'no space left',
};

/** The file system's error in a few words, and its code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return `${WORDS[code] ?? error.message} (${code})`;
}
