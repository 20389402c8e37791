import { expect, test } from 'vitest';
import { LateEntry } from '../src/late-numbers.js';

class Entry extends LateEntry {
  #values = new Float32Array();
  places = 0;

  get values(): Float32Array {
    this.look();
    return this.#values;
  }

  protected place(): Float32Array {
    this.places += 1;
    this.#values = new Float32Array(1);
    return this.#values;
  }
}

function lateEntry(fill: (values: Float32Array) => void) {
  const dropped: string[] = [];
  return { entry: new Entry({ fill, drop: () => dropped.push('dropped') }), dropped };
}

test('the first look computes, and no other', () => {
  let times = 0;
  const { entry, dropped } = lateEntry((values) => values.fill(++times));
  expect([entry.places, dropped]).toEqual([0, []]);
  expect([...entry.values, ...entry.values]).toEqual([1, 1]);
  expect([entry.places, times, dropped]).toEqual([1, 1, ['dropped']]);
});

test('a look that frees computes nothing', () => {
  const { entry, dropped } = lateEntry(() => expect.unreachable());
  entry.refCount -= 1;
  expect([...entry.values]).toEqual([]);
  expect([entry.places, dropped]).toEqual([0, ['dropped']]);
});

test('a look that failed is no look', () => {
  let memory = 0;
  const { entry, dropped } = lateEntry((values) => {
    if (memory++ === 0) throw new RangeError('no memory');
    values.fill(8);
  });
  expect(() => entry.values).toThrow('no memory');
  expect(dropped).toEqual([]);
  expect([...entry.values]).toEqual([8]);
  expect(dropped).toEqual(['dropped']);
});
