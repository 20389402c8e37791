import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import { runUnroll } from './run-unroll.js';

export interface Refusal {
  readonly exitCode: 1 | 2;
  /** The line on stderr, without the program's name. */
  readonly line: string;
}

/** Asserts that a run ends with one line on stderr, nothing on stdout, and nothing new in its folder. */
export async function expectRefusal(
  cwd: string,
  args: readonly string[],
  { exitCode, line }: Refusal,
): Promise<void> {
  const before = await readdir(cwd);
  const run = await runUnroll(args, { cwd });
  expect(run).toEqual({ exitCode, stdout: '', stderr: `unroll: ${line}\n` });
  expect(await readdir(cwd)).toEqual(before);
}
