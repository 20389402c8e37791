import type { SummaryWriter } from '@unroll/tensorboard-writer';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A log for each phase. Whoever has them closes them. */
export type Logs = Readonly<Record<'test' | 'train', SummaryWriter>>;

/**
 * Starts the logs of a training, `train` and `test` in a log directory, which is made where it does
 * not exist: both logs, or none, and then no file or folder of them is left.
 *
 * @throws LogdirError (as a rejection) if a folder cannot be made or written
 */
export async function openLogs(logdir: string): Promise<Logs> {
  const folder = join(logdir, 'train');
  const made = missingFolders(folder);
  const before = await namesIn(folder);
  const train = await openLogdir(folder);
  try {
    return { train, test: await openLogdir(join(logdir, 'test')) };
  } catch (error) {
    await train.close().catch(() => {});
    const ours = (await namesIn(folder)).filter((name) => !before.includes(name));
    for (const name of ours) await rm(join(folder, name), { force: true });
    // Up to one that somebody else has put something into.
    for (const path of made) await rmdir(path).catch(() => {});
    throw error;
  }
}

/** The folders that `path` needs and that are not there, deepest first. */
function missingFolders(path: string): readonly string[] {
  const missing: string[] = [];
  let folder = resolve(path);
  // The parent of a root (on Windows, of a drive that is not there) is that root.
  while (!existsSync(folder) && folder !== dirname(folder)) {
    missing.push(folder);
    folder = dirname(folder);
  }
  return missing;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
