import { expect, test } from 'vitest';
import { type DataEntry, fillAtFirstLook } from '../src/late-numbers.js';

function lateEntry(fill: () => Record<string, unknown>) {
  const entry: DataEntry = { refCount: 1, place: 7 };
  const dropped: string[] = [];
  fillAtFirstLook(entry, { fields: ['place', 'more'], fill, drop: () => dropped.push('dropped') });
  return { entry, dropped };
}

test('the first look computes, and no other', () => {
  let times = 0;
  const { entry, dropped } = lateEntry(() => ({ more: ++times }));
  expect(dropped).toEqual([]);
  expect([entry['place'], entry['more'], entry['place'], entry['more']]).toEqual([7, 1, 7, 1]);
  expect([times, dropped]).toEqual([1, ['dropped']]);
});

test('a look that frees computes nothing', () => {
  const { entry, dropped } = lateEntry(() => expect.unreachable());
  entry.refCount -= 1;
  expect([entry['place'], entry['more'], dropped]).toEqual([7, undefined, ['dropped']]);
});

test('a look that failed is no look', () => {
  let memory = 0;
  const { entry, dropped } = lateEntry(() => {
    if (memory++ === 0) throw new RangeError('no memory');
    return { place: 8 };
  });
  expect(() => entry['place']).toThrow('no memory');
  expect(dropped).toEqual([]);
  expect([entry['place'], dropped]).toEqual([8, ['dropped']]);
});
