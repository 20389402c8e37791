import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LogContender } from './log-contenders.ts';

/** What logging took once. */
export interface LogRun {
  /** From before the writer is made to after it is closed. */
  readonly seconds: number;
  readonly version: string;
  /** Of the event file. */
  readonly bytes: number;
}

export interface LogRunOptions {
  readonly count: number;
  readonly python: string | undefined;
}

const run = promisify(execFile);

/**
 * Has a contender log scalars, in a process of its own and into a new directory.
 *
 * @returns the run, or why there is none
 * @throws Error if it has not logged them all
 */
export async function runLogContender(
  { language, command }: LogContender,
  { count, python }: LogRunOptions,
): Promise<LogRun | string> {
  const program = language === 'python' ? python : process.execPath;
  if (program === undefined) return 'no Python was named (--python)';
  const logdir = await mkdtemp(join(tmpdir(), 'unroll-events-'));
  try {
    const { stdout } = await run(program, command(logdir, count));
    const said = JSON.parse(stdout) as { seconds: number; version: string; missing?: string };
    if (said.missing !== undefined) return said.missing;
    const [name = ''] = await readdir(logdir);
    const file = await readFile(join(logdir, name));
    const records = countRecords(file);
    // The first record, in some two, is no scalar.
    if (records < count + 1) throw new Error(`expected ${count} scalars, got ${records} records`);
    return { seconds: said.seconds, version: said.version, bytes: file.length };
  } finally {
    await rm(logdir, { recursive: true });
  }
}

function countRecords(file: Buffer): number {
  let count = 0;
  for (let at = 0; at < file.length; at += 16 + Number(file.readBigUInt64LE(at))) count++;
  return count;
}
