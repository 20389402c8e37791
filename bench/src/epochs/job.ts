import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that trains the tutorial's model, printing the tutorial's lines. */
export interface Job {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface JobResult {
  readonly title: string;
  /** From the line before the first step to the one after the last, with its test over all images. */
  readonly loopSeconds: number;
  readonly processSeconds: number;
  readonly accuracy: string;
}

/** Runs a job and times it by its lines; or says why it did not run. */
export async function runJob({ title, command, args }: Job): Promise<JobResult | string> {
  const begin = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.on('error', ({ message }) => {
    errors = message;
  });
  child.stderr.on('data', (text) => {
    errors += String(text);
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  let loopBegin = Number.NaN;
  let loopEnd = Number.NaN;
  let accuracy: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('logs: ')) loopBegin = performance.now();
    const [, share] = /^test accuracy over all .*: ([\d.]+)$/.exec(line) ?? [];
    if (share === undefined) continue;
    accuracy = share;
    loopEnd = performance.now();
  }
  await closed;
  if (accuracy === undefined) return errors.trim().split('\n').at(-1) ?? '';
  return {
    title,
    accuracy,
    loopSeconds: (loopEnd - loopBegin) / 1000,
    processSeconds: (performance.now() - begin) / 1000,
  };
}
