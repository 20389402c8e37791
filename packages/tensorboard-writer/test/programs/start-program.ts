import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

/** Starts a program of this folder, on this package's sources, in a Node of its own. */
export function startProgram(
  name: string,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  const file = (of: string): string => join(import.meta.dirname, `${of}.ts`);
  const flags = ['--conditions=@unroll/source', '--import', file('resolve-sources')];
  return spawn(process.execPath, [...flags, file(name), ...args]);
}

/** What a program said, and how it ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this folder to its end. */
export async function runProgram(name: string, args: readonly string[]): Promise<Ended> {
  const child = startProgram(name, args);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr };
}
