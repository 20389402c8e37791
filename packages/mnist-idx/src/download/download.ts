import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Failure, mirrorError } from '../fetching/mirror-error.js';
import { OwnError, ownPart, throwIfOwn } from '../fetching/own-error.js';
import type { MnistFileId } from '../mnist-error.js';
import { fill, type FillOptions } from './fill.js';
import { leftoversOf, removeLeftovers } from './leftovers.js';
import { PartFile } from './part-file.js';

/** Options of {@link download}. */
export interface DownloadOptions<T> extends FillOptions {
  readonly id: MnistFileId;
  /** Where it may be had, in the order of trying. */
  readonly urls: readonly string[];
  /** Reads what has come, and throws where it is not what it should be. */
  readonly check: (path: string) => Promise<T>;
  /** Leave it in its place; else it is gone when this returns. */
  readonly keep: boolean;
}

/**
 * Downloads a file to its place, where it appears whole and checked or not at all.
 *
 * @returns what `check` made of it
 * @throws MnistError when no URL gives it; the signal's reason; the file system's errors
 */
export async function download<T>(target: string, options: DownloadOptions<T>): Promise<T> {
  const { id, urls, check, keep, signal } = options;
  await mkdir(dirname(target), { recursive: true });
  const part = await begin(target, keep);
  try {
    const failures: Failure[] = [];
    for (const url of urls) {
      const result = await tryUrl(part, url, options, check).catch((error: unknown) => {
        signal?.throwIfAborted();
        throwIfOwn(error);
        failures.push({ url, error });
      });
      if (result === undefined) continue;
      if (keep) await part.moveIn();
      return result.value;
    }
    throw mirrorError(id, failures);
  } finally {
    await part.discard();
  }
}

/** What a killed process left is taken up only where a hash decides whether it was worth it. */
async function begin(target: string, hasHash: boolean): Promise<PartFile> {
  const leftovers = await leftoversOf(target);
  let part: PartFile | undefined;
  for (const leftover of hasHash ? leftovers : []) {
    part = await PartFile.inherit(target, leftover);
    if (part !== undefined) break;
  }
  await removeLeftovers(leftovers);
  return part ?? PartFile.create(target);
}

type Check<T> = (path: string) => Promise<T>;

async function tryUrl<T>(
  part: PartFile,
  url: string,
  options: FillOptions,
  check: Check<T>,
): Promise<{ readonly value: T }> {
  if (part.isInherited) {
    const result = await fillAndCheck(part, url, options, check).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      // One that cannot be reached or has no such file leaves the bytes to the next.
      if (part.isInherited || error instanceof OwnError) throw error;
      // It may be that the bytes were bad, and not the mirror.
      return undefined;
    });
    if (result !== undefined) return result;
  }
  await ownPart(() => part.restart());
  return fillAndCheck(part, url, options, check);
}

async function fillAndCheck<T>(
  part: PartFile,
  url: string,
  options: FillOptions,
  check: Check<T>,
): Promise<{ readonly value: T }> {
  try {
    await fill(part, url, options);
  } catch (error) {
    // A server may have promised more than there is: the hash decides, not the length.
    options.signal?.throwIfAborted();
    if (part.bytes === 0 || error instanceof OwnError) throw error;
    return check(part.path).then(
      (value) => ({ value }),
      () => {
        throw error;
      },
    );
  }
  return { value: await check(part.path) };
}
