import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bundle } from './bundle.js';

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the last byte on stdout to the end, in milliseconds. */
  readonly lingered: number;
}

export interface Program {
  /** Runs it in a Node of its own, started with flags and, if given, after a CommonJS module. */
  run(flags?: readonly string[], preload?: string): Promise<Ended>;
}

/** Bundles a program of test/programs for the tests of a file. */
export function nodeProgram(name: string): Program {
  let folder = '';
  beforeAll(async () => {
    // Inside the package, so that the program finds TensorFlow.js.
    folder = await mkdtemp(join(import.meta.dirname, '../node_modules/program-'));
    await bundle({ program: name, folder, target: 'node' });
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    async run(flags = [], preload) {
      const file = join(folder, `${name}.js`);
      if (preload === undefined) return runNode([...flags, file]);
      const first = join(await mkdtemp(join(folder, 'preload-')), 'preload.cjs');
      await writeFile(first, preload);
      return runNode([...flags, '--require', first, file]);
    },
  };
}

async function runNode(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, last] = ['', '', performance.now()];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    last = performance.now();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr, lingered: performance.now() - last };
}
