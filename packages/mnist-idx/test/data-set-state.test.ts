import { DataSet, type DataSetState } from '@unroll/mnist-idx/data-sets';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { images, labels } from './tiny-mnist.js';

function dataSetOf(count: number, seed: number): DataSet<'uint8'> {
  return new DataSet(
    { images: images(count, 1, 2), labels: labels(count) },
    { dtype: 'uint8', seed },
  );
}

const draw = fc.record({
  batchSize: fc.integer({ min: 1, max: 7 }),
  shuffle: fc.boolean(),
});

describe('a state', () => {
  test('leads to the same batches, bit for bit, from anywhere and in a data set of any seed', () => {
    const property = fc.property(
      fc.integer({ min: 7, max: 20 }),
      fc.nat(),
      fc.nat(),
      fc.array(draw, { maxLength: 30 }),
      fc.array(draw, { maxLength: 30 }),
      fc.array(draw, { minLength: 1, maxLength: 30 }),
      (count, seed, otherSeed, before, elsewhere, after) => {
        const dataSet = dataSetOf(count, seed);
        for (const { batchSize, shuffle } of before) dataSet.nextBatch(batchSize, { shuffle });
        const state = JSON.parse(JSON.stringify(dataSet.state())) as DataSetState;
        const walk = (set: DataSet<'uint8'>) =>
          after.map(({ batchSize, shuffle }) => [
            set.nextBatch(batchSize, { shuffle }),
            set.state(),
          ]);
        const expected = walk(dataSet);

        const other = dataSetOf(count, otherSeed);
        for (const { batchSize, shuffle } of elsewhere) other.nextBatch(batchSize, { shuffle });
        for (const set of [other, dataSet, dataSetOf(count, seed)]) {
          set.restore(state);
          expect(set.state()).toEqual(state);
          expect(set.seed).toBe(dataSetOf(count, seed).seed);
          expect(set.epochsCompleted).toBe(state.epochsCompleted);
          expect(walk(set)).toEqual(expected);
        }
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  test('is a few plain numbers, which later batches do not change', () => {
    const dataSet = dataSetOf(10, 3);
    for (let i = 0; i < 4; i++) dataSet.nextBatch(7);
    const state = dataSet.state();
    const text = JSON.stringify(state);
    expect(state).toEqual({
      numExamples: 10,
      seed: 3,
      shuffles: 3,
      indexInEpoch: 8,
      epochsCompleted: 2,
    });
    dataSet.nextBatch(7);
    expect(JSON.stringify(state)).toBe(text);
  });

  test('has no part in walks in the order of the file', () => {
    const dataSet = dataSetOf(10, 3);
    const state = dataSet.state();
    expect([...dataSet.batches(3)]).toHaveLength(3);
    expect(dataSet.state()).toEqual(state);
  });
});

describe('restore refuses', () => {
  const state = dataSetOf(10, 3).state();
  const cases: [what: string, state: object, message: string][] = [
    ['the state of another data set', { numExamples: 9 }, 'numExamples: expected 10, got 9'],
    [
      'a seed out of range',
      { seed: 2 ** 31 },
      'seed: expected an integer from 0 to 2147483646, got 2147483648',
    ],
    ['a seed that is none', { seed: '3' }, 'seed: expected an integer from 0 to 2147483646, got 3'],
    [
      'more shuffles than there can have been',
      { shuffles: 2 },
      'shuffles: expected an integer from 0 to 1, got 2',
    ],
    [
      'a place beyond the end',
      { indexInEpoch: 11 },
      'indexInEpoch: expected an integer from 0 to 10, got 11',
    ],
    [
      'half an epoch',
      { epochsCompleted: 0.5 },
      'epochsCompleted: expected an integer from 0 to 9007199254740990, got 0.5',
    ],
  ];

  test.each(cases)('%s, and stays where it is', (_, wrong, message) => {
    const dataSet = dataSetOf(10, 3);
    dataSet.nextBatch(4);
    const before = dataSet.state();
    expect(() => dataSet.restore({ ...state, ...wrong })).toThrow(
      new RangeError(`DataSet.restore: ${message}`),
    );
    expect(dataSet.state()).toEqual(before);
  });

  test('what is no object', () => {
    const nothing = JSON.parse('null') as DataSetState;
    expect(() => dataSetOf(10, 3).restore(nothing)).toThrow(
      new TypeError('DataSet.restore: state: expected an object, got null'),
    );
  });
});
