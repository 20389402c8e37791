import { expect, test } from 'vitest';
import { models } from '../src/models.ts';
import { raceTable } from '../src/race/race-table.ts';
import type { ContenderResult, RaceResult } from '../src/race/result.ts';

const spread = (median: number) => ({ lower: median / 2, median, upper: 2 * median });

function raced(one: Partial<ContenderResult>, median: number): ContenderResult {
  const rest = { name: '', title: '', kind: 'unroll' as const, threads: 2 };
  return { ...rest, step: spread(median), steps: 9, losses: [2.3, 1.25], ...one };
}

const race: RaceResult = {
  model: models[0]!,
  date: '',
  command: '',
  machine: '',
  versions: {},
  rounds: 1,
  productSpeed: { 2: 33.08992 },
  contenders: [
    raced({ title: 'ours', backend: 'wasm', kernels: 8, peakBytes: 2 ** 27 }, 2),
    raced({ title: 'theirs', kind: 'tf.layers', backend: 'wasm' }, 50),
    raced({ title: 'slow graph', kind: 'tensorflow' }, 5),
    raced({ title: 'fast graph', kind: 'tensorflow' }, 3),
    { name: '', title: 'gone', kind: 'torch', threads: 2, missing: 'not here: no torch' },
  ],
};

const lines = raceTable(race).split('\n');
const cells = (line: number): string[] =>
  lines[line]!.split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

test('ratios are by the fastest variant of TensorFlow, and by tf.layers on the same backend', () => {
  expect(cells(2)).toEqual([
    'ours',
    '2.00',
    '1.00 to 4.00',
    '1.50 x',
    '',
    '25 x',
    '8',
    '128 MiB',
    '50%',
    '2.30 to 1.25',
  ]);
});

test('a contender without a backend has no ratio to tf.layers', () => {
  expect(cells(4).slice(0, 6)).toEqual(['slow graph', '5.00', '2.50 to 10.0', '0.60 x', '', '']);
});

test('who has no time is named under the table, with the reason', () => {
  expect(lines.at(-1)).toBe('No time for gone: not here: no torch.');
});
