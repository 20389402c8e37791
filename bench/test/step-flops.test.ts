import { expect, test } from 'vitest';
import { models } from '../src/models.ts';
import { stepFlops } from '../src/step-flops.ts';

const flopsOf = (name: string): number => stepFlops(models.find((model) => model.name === name)!);

test('a step of one layer is forward, weight gradient and gradient by the state', () => {
  const rows = 2 * 128 * 28;
  expect(flopsOf('basic-rnn')).toBe(rows * 31 * (59 + 59 + 31));
});

test('a layer above the first has a gradient by its input too', () => {
  const rows = 2 * 128 * 28;
  expect(flopsOf('basic-rnn-3')).toBe(rows * 31 * (59 + 59 + 31 + 2 * (62 + 62 + 62)));
});

test('two directions are twice the work of one', () => {
  const rows = 2 * 128 * 28;
  expect(flopsOf('bidirectional')).toBe(2 * rows * 256 * (92 + 92 + 64));
});
