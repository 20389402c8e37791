import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isNeighbor, isRunning, type LockHolder, ourselves, parseHolder } from './lock-holder.js';

/** TensorBoard takes no file for an event file without `tfevents` in its name. */
const LOCK_NAME = '.tensorboard-writer.lock';

/** A holder on another machine is seen only by the time of its file. */
const RENEW_MS = 15_000;
/** A thread may be busy for long: no renewal comes while a step is computed. */
const STALE_MS = 120_000;

/**
 * Keeps other writers out of a directory by a file in it. A lock whose process has ended without
 * releasing it is taken over: at once if it ran here, after two minutes if on another machine.
 */
export class DirectoryLock {
  readonly #path: string;
  readonly #text: string;
  readonly #renewal: ReturnType<typeof setInterval>;

  /** @throws Error if a live writer holds the lock, or the system's if there can be no lock */
  constructor(directory: string) {
    const holder = ourselves();
    this.#path = join(directory, LOCK_NAME);
    this.#text = JSON.stringify(holder);
    while (!create(this.#path, this.#text)) giveWayTo(this.#path, holder);
    this.#renewal = setInterval(() => this.#renew(), RENEW_MS).unref();
  }

  /** Harmless a second time, and where somebody else has the lock by now. */
  release(): void {
    clearInterval(this.#renewal);
    if (read(this.#path) === this.#text) rmSync(this.#path, { force: true });
  }

  #renew(): void {
    try {
      utimesSync(this.#path, new Date(), new Date());
    } catch {
      // Somebody has removed it, and there is nobody here to tell.
    }
  }
}

/** Makes the lock file, whole or not at all; `false` if there is one. */
function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Throws if the lock is held, or else removes it. */
function giveWayTo(path: string, us: LockHolder): void {
  const text = read(path);
  if (text === undefined) return;
  const holder = parseHolder(text);
  if (isHeld(path, holder, us)) {
    const who = holder ? `process ${holder.pid} on ${holder.host}` : 'a process';
    throw new Error(`${who} has a live writer there, by its file '${path}'`);
  }
  remove(path, text, us);
}

function isHeld(path: string, holder: LockHolder | undefined, us: LockHolder): boolean {
  if (holder !== undefined && isNeighbor(holder, us)) return isRunning(holder);
  const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs < STALE_MS;
}

/** Removes a stale lock, and no other that somebody faster has put in its place. */
function remove(path: string, stale: string, us: LockHolder): void {
  const aside = `${path}.${us.token}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    if (read(aside) !== stale) linkSync(aside, path);
  } finally {
    rmSync(aside);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
