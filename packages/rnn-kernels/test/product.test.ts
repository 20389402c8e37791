import { beforeAll, describe, expect, test } from 'vitest';
import { type BlockShape, narrowBlock } from '../src/core/block-shape.js';
import { type Core, setBlock, startCore } from '../src/core/core.js';

/** A matrix in panels of 8 columns (see assembly/product.as), and its list. */
interface Panels {
  readonly list: number;
  readonly first: number;
  readonly stride: number;
  readonly values: Float32Array;
}

const rowBytes = 32;
let core: Core;
let place: number;

beforeAll(() => {
  core = startCore();
});

function words(): Int32Array {
  return new Int32Array(core.memory.buffer);
}

function floats(): Float32Array {
  return new Float32Array(core.memory.buffer);
}

function take(bytes: number): number {
  const at = place;
  place += Math.ceil(bytes / 64) * 64;
  return at;
}

/** Numbers that differ from place to place, without a pattern of 4 or 8. */
function number(seed: number, row: number, column: number): number {
  return Math.sin(seed + 3.7 * row + 11.3 * column);
}

function fill(rows: number, columns: readonly number[], seed: number): Panels {
  const stride = rows * rowBytes + 1024;
  const list = take(8 * columns.length);
  const first = take(columns.length * stride);
  const values: number[][] = Array.from({ length: rows }, () => []);
  for (const [p, live] of columns.entries()) {
    words().set([first + p * stride, 4 * live], list / 4 + 2 * p);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < 8; i++) {
        const value = i < live ? number(seed, row, 8 * p + i) : Number.NaN;
        floats()[(first + p * stride + row * rowBytes) / 4 + i] = value;
        if (i < live) values[row]!.push(Math.fround(value));
      }
    }
  }
  return { list, first, stride, values: Float32Array.from(values.flat()) };
}

const blocks: readonly BlockShape[] = [
  { rows: 4, columns: 8 },
  { rows: 6, columns: 8 },
  { rows: 6, columns: 16 },
];
/** Columns that count of each panel: whole ones in threes and not, and parts. */
const depths = [[1], [8, 8, 8], [8, 8, 8, 4, 8, 8, 8, 7], [3, 8, 8, 8, 8]];

describe.each(blocks)('products in blocks of $rows rows by $columns columns', (shape) => {
  beforeAll(() => setBlock(core, shape));

  test.for(
    depths.flatMap((columns) => [4, 8, 12, 16, 20, 28, 64].map((rows) => ({ columns, rows }))),
  )('are those of doubles: panels of $columns, $rows rows', ({ columns, rows }) => {
    const block = core.arena.take(1 << 18);
    place = block.address;
    const depth = columns.reduce((a, b) => a + b);
    const a = fill(rows + 4, columns, 1);
    const panels = 3;
    const b = take(panels * depth * rowBytes);
    const bias = take(panels * rowBytes);
    const stride = rows * rowBytes + 64;
    const c = take(panels * stride);
    for (let p = 0; p < panels; p++) {
      for (let i = 0; i < 8; i++) floats()[bias / 4 + 8 * p + i] = number(2, p, i);
      for (let k = 0; k < depth; k++) {
        for (let i = 0; i < 8; i++) {
          floats()[(b + (p * depth + k) * rowBytes) / 4 + i] = number(3, k, 8 * p + i);
        }
      }
    }
    const { product } = core.exports;
    const args = [a.list, columns.length, 4 * rowBytes, b, c, stride, rows, panels] as const;
    product(...args, bias);
    const once = expectProduct(1);
    product(...args, 0);
    expectProduct(2);
    core.arena.give(block);
    expect(once).toBe(rows * panels * 8);

    function expectProduct(times: number): number {
      let compared = 0;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < panels * 8; j++) {
          const at = (c + Math.floor(j / 8) * stride + row * rowBytes) / 4 + (j % 8);
          let sum = number(2, Math.floor(j / 8), j % 8);
          for (let k = 0; k < depth; k++) {
            sum += times * a.values[(row + 4) * depth + k]! * number(3, k, j);
          }
          expect(Math.abs(floats()[at]! - sum)).toBeLessThan(1e-5);
          compared += 1;
        }
      }
      return compared;
    }
  });

  test.for(depths)('of a transpose are those of doubles: panels of %j', (columns) => {
    const block = core.arena.take(1 << 18);
    place = block.address;
    const rows = 20;
    const panels = 3;
    const a = fill(rows + 4, columns, 1);
    const b = fill(rows + 4, [8, 8, 8], 2);
    const depth = columns.length * 8;
    const c = take(panels * depth * rowBytes);
    floats().fill(0.5, c / 4, c / 4 + panels * depth * 8);
    const { transposedProduct } = core.exports;
    transposedProduct(a.list, columns.length, 128, b.first, b.stride, c, rows, panels);
    const live = columns.reduce((x, y) => x + y);
    let k = 0;
    for (const [p, count] of columns.entries()) {
      for (let i = 0; i < count; i++, k++) {
        for (let j = 0; j < panels * 8; j++) {
          let sum = 0.5;
          for (let row = 4; row < rows + 4; row++) {
            sum += a.values[row * live + k]! * b.values[row * panels * 8 + j]!;
          }
          const at = (c + Math.floor(j / 8) * depth * rowBytes + (8 * p + i) * rowBytes) / 4;
          expect(Math.abs(floats()[at + (j % 8)]! - sum)).toBeLessThan(1e-5);
        }
      }
    }
    expect(k).toBe(live);
    core.arena.give(block);
  });
});

test('products are the same to the bit in blocks of any size', () => {
  const block = core.arena.take(1 << 18);
  place = block.address;
  const rows = 28;
  const a = fill(rows, [8, 8, 8, 4, 8], 1);
  const panels = 3;
  const b = take(panels * 36 * rowBytes);
  const bias = take(panels * rowBytes);
  for (let i = 0; i < panels * 36 * 8; i++) floats()[b / 4 + i] = number(3, i, 0);
  floats().fill(0.25, bias / 4, bias / 4 + panels * 8);
  const c = take(panels * rows * rowBytes);
  const sum = take(panels * 40 * rowBytes);
  const results = blocks.map((shape) => {
    setBlock(core, shape);
    core.exports.product(a.list, 5, 0, b, c, rows * rowBytes, rows, panels, bias);
    core.exports.zero(sum, panels * 40 * rowBytes);
    core.exports.transposedProduct(a.list, 5, 0, c, rows * rowBytes, sum, rows, panels);
    const product = floats().slice(c / 4, c / 4 + panels * rows * 8);
    return [product, floats().slice(sum / 4, sum / 4 + panels * 40 * 8)];
  });
  core.arena.give(block);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
  // What fills the fourth panel up is not a number.
  expect(results[0]![0]!.every(Number.isFinite)).toBe(true);
  expect(core.arena.used).toBe(0);
});

describe('the block for 128-bit vectors', () => {
  test.for([
    [{}, 4],
    [{ process: { versions: { v8: '12.4.254.21-node.57' } } }, 4],
    [{ process: { versions: { v8: '13.6.233.17-node.53' } } }, 6],
    [{ process: { versions: { v8: '14.6.202.34-node.34' } } }, 6],
    [{ navigator: { userAgent: 'Mozilla/5.0 (X11) Chrome/156.0.0.0 Safari/537.36' } }, 6],
    [{ navigator: { userAgent: 'Mozilla/5.0 (X11) Chrome/130.0.0.0 Safari/537.36' } }, 4],
    [{ navigator: { userAgent: 'Mozilla/5.0 (X11; rv:150.0) Gecko/20100101 Firefox/150.0' } }, 4],
  ] as const)('is what the engine keeps in registers: %j %d rows', ([engine, rows]) => {
    expect(narrowBlock(engine)).toEqual({ rows, columns: 8 });
  });
});

describe('the activations', () => {
  const inputs = Float32Array.from({ length: 8000 }, (_, i) => (i - 4000) / 200);

  function apply(name: 'applySigmoid' | 'applyTanh', values: Float32Array): Float32Array {
    const block = core.arena.take(8 * values.length);
    const to = block.address + 4 * values.length;
    floats().set(values, block.address / 4);
    core.exports[name](block.address, to, 4 * values.length, 0);
    const results = floats().slice(to / 4, to / 4 + values.length);
    core.arena.give(block);
    return results;
  }

  test.for([
    ['applySigmoid', 2e-7, (x: number) => 1 / (1 + Math.exp(-x))],
    ['applyTanh', 3e-7, Math.tanh],
  ] as const)('%s is within %d of the function', ([name, bound, exact]) => {
    const near = inputs.map((x) => x / 1e6);
    for (const values of [inputs, near]) {
      const errors = Array.from(apply(name, values), (y, i) => Math.abs(y - exact(values[i]!)));
      expect(Math.max(...errors)).toBeLessThan(bound);
    }
  });

  test.for([
    ['applySigmoid', [0, 1]],
    ['applyTanh', [-1, 1]],
  ] as const)('%s ends where the function does, and keeps a NaN', ([name, [low, high]]) => {
    const edges = [-Infinity, -1e30, Infinity, 1e30, Number.NaN, 0, 0, 0];
    const [a, b, c, d, e] = apply(name, Float32Array.from(edges));
    for (const [value, end] of [
      [a, low],
      [b, low],
      [c, high],
      [d, high],
    ] as const) {
      expect(Math.abs(value! - end)).toBeLessThan(3e-7);
    }
    expect(e).toBeNaN();
  });
});
