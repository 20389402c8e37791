import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Characters in one write: a point alone is too few. */
const WRITE_CHARACTERS = 64 * 1024;

/** Prints a text that comes in pieces. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  await pour(pieces, process.stdout, false).catch((error: NodeJS.ErrnoException) => {
    // main says what became of stdout.
    if (error.code !== 'EPIPE') throw error;
  });
}

/**
 * Writes a file beside its place, and gives it its name when it is whole.
 *
 * @param path - of the file, or of a folder that is there
 * @param name - of the file in such a folder
 * @param force - whether a file may be replaced
 * @throws Error if there is a file and it may not, or of the system
 */
export async function writeAside(
  path: string,
  name: string,
  pieces: Iterable<string>,
  force: boolean,
): Promise<void> {
  const file = (await isFolder(path)) ? join(path, name) : path;
  if (!force && existsSync(file)) {
    throw new Error(`${file}: expected nothing there, got a file (see --force)`);
  }
  const aside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await pour(pieces, createWriteStream(aside, { flags: 'wx', flush: true }), true);
    await rename(aside, file);
  } finally {
    await rm(aside, { force: true });
  }
}

async function pour(pieces: Iterable<string>, stream: Writable, end: boolean): Promise<void> {
  await pipeline(Readable.from(joined(pieces)), stream, { end });
}

function* joined(pieces: Iterable<string>): Generator<string, void, undefined> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITE_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
