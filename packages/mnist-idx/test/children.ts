import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { DataSetSpec, Mnist } from '@unroll/mnist-idx';

/** What became of a process. */
interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running process that loads a data set into a cache. */
export interface Child {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Bundles the script of the processes, as Node does not read the sources' imports by itself. */
export async function bundleChild(folder: string): Promise<string> {
  const script = join(folder, 'child.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('download-child.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    conditions: ['@unroll/source'],
    outfile: script,
  });
  return script;
}

export function startChild(
  script: string,
  cache: string,
  mirrors: readonly string[],
  dataSet: DataSetSpec,
): Child {
  const child = spawn(process.execPath, [script, cache, mirrors.join(), JSON.stringify(dataSet)]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const outcome = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, outcome };
}

/** What a process writes that has loaded this. */
export function printOf({ train, test }: Mnist): string {
  const hash = createHash('sha256');
  for (const { images, labels } of [train, test]) hash.update(images.data).update(labels.data);
  return hash.digest('hex');
}
