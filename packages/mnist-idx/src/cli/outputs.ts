import { randomBytes } from 'node:crypto';
import { renameSync, rmdirSync, rmSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError, reasonOf } from './file-error.js';

interface Output {
  readonly path: string;
  readonly aside: string;
}

/**
 * The files and folders that a command makes. Each is written under a name of its own beside its place
 * and gets its final name when all are whole; where the command ends before, they are removed.
 */
export class Outputs {
  readonly #force: boolean;
  readonly #outputs: Output[] = [];

  /** @param force - whether what is there already may be replaced */
  constructor(force: boolean) {
    this.#force = force;
    process.once('exit', this.discard);
  }

  /**
   * @returns the path to write to instead
   * @throws FileError when there is something already, unless forced
   */
  async claim(path: string): Promise<string> {
    const whole = resolve(path);
    if (!this.#force && (await isTaken(whole))) throw taken(path);
    const name = `.${basename(whole)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    const aside = join(dirname(whole), name);
    this.#outputs.push({ path: whole, aside });
    return aside;
  }

  /** Gives all outputs their final names. */
  async commit(): Promise<void> {
    if (!this.#force) {
      for (const { path } of this.#outputs) if (await isTaken(path)) throw taken(path);
    }
    // From here on nothing is awaited: no signal can come between the steps.
    for (let next = this.#outputs[0]; next !== undefined; next = this.#outputs[0]) {
      put(next, this.#force);
      this.#outputs.shift();
    }
    process.off('exit', this.discard);
  }

  /** Removes what has no final name yet. */
  readonly discard = (): void => {
    process.off('exit', this.discard);
    for (const { aside } of this.#outputs.splice(0)) {
      rmSync(aside, { recursive: true, force: true });
    }
  };
}

function taken(path: string): FileError {
  return new FileError(`${path}: expected nothing there, got a file or folder (see --force)`);
}

/** Whether something is there, and not just an empty folder. */
async function isTaken(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isDirectory() || (await readdir(path)).length > 0;
  } catch (error) {
    // What cannot be looked at cannot be replaced either, which its renaming will say.
    return codeOf(error) !== 'ENOENT';
  }
}

function put({ path, aside }: Output, force: boolean): void {
  try {
    renameSync(aside, path);
    return;
  } catch (cause) {
    if (!FOLDER_IN_THE_WAY.has(codeOf(cause))) throw notWritten(path, cause);
  }
  const old = `${aside}.old`;
  try {
    if (force) renameSync(path, old);
    else rmdirSync(path);
    renameSync(aside, path);
  } catch (cause) {
    throw notWritten(path, cause);
  }
  rmSync(old, { recursive: true, force: true });
}

/** What renaming says where a file and a folder, or two folders, change places. */
const FOLDER_IN_THE_WAY: ReadonlySet<unknown> = new Set([
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
]);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function notWritten(path: string, cause: unknown): FileError {
  return new FileError(`${path}: expected to be written, got ${reasonOf(cause)}`, { cause });
}
