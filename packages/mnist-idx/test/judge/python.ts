import { python } from '@unroll/testing/python';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Judgement {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of this folder. */
export async function judge(script: string, ...args: readonly string[]): Promise<Judgement> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(python, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { status, stdout, stderr };
}
