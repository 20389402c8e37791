/*
 * Weights come row-major with a gate's columns side by side, `units` of them; packed, a gate's columns
 * fill whole panels, and input and state rows whole panels' worth of rows.
 */
import { nothing } from './activation';

/** Packs rows of a `[rows, columns]` matrix: for each panel of columns `depth` rows, of which the first are set. */
export function packWeights(
  from: usize,
  columns: i32,
  first: i32,
  units: i32,
  rows: i32,
  to: usize,
  depth: i32,
): void {
  for (let c = 0; c < units; c += 8) {
    const live = min(8, units - c);
    for (let r = 0; r < rows; r++) {
      const row = from + ((<usize>(r * columns + first + c)) << 2);
      const panel = to + ((<usize>r) << 5);
      if (live == 8) {
        v128.store(panel, v128.load(row));
        v128.store(panel, v128.load(row, 16), 16);
      } else {
        for (let i = 0; i < live; i++) {
          store<f32>(panel + ((<usize>i) << 2), load<f32>(row + ((<usize>i) << 2)));
        }
      }
    }
    to += (<usize>depth) << 5;
  }
}

/** Packs the transpose of rows of a matrix: row `column` of the result is a column of it. */
export function packTransposed(
  from: usize,
  columns: i32,
  first: i32,
  units: i32,
  rows: i32,
  to: usize,
  depth: i32,
): void {
  for (let r = 0; r < rows; r += 8) {
    const live = min(8, rows - r);
    for (let i = 0; i < live; i++) {
      const row = from + ((<usize>((r + i) * columns + first)) << 2);
      for (let c = 0; c < units; c++) {
        store<f32>(to + ((<usize>c) << 5) + ((<usize>i) << 2), load<f32>(row + ((<usize>c) << 2)));
      }
    }
    to += (<usize>depth) << 5;
  }
}

/**
 * What a part's sums start from: `nothing`, which is a number above zero. Where states have died out on the
 * way forward, and gradients on the way back, all that is added would be denormal, and a sum of zeros too.
 *
 * @param bytes - a multiple of 16
 */
export function startSum(from: usize, bytes: usize): void {
  const start = nothing();
  for (let at: usize = 0; at < bytes; at += 16) v128.store(from + at, start);
}

/**
 * `to = sum of parts`, less what they started from, unpacked: the other way round of {@link packWeights}.
 * Parts lie `partSize` bytes apart.
 */
export function unpackSum(
  from: usize,
  parts: i32,
  partSize: usize,
  depth: i32,
  to: usize,
  columns: i32,
  first: i32,
  units: i32,
  rows: i32,
): void {
  const start = nothing();
  for (let c = 0; c < units; c += 8) {
    const live = min(8, units - c);
    for (let r = 0; r < rows; r++) {
      const panel = from + ((<usize>r) << 5);
      let s0 = f32x4.sub(v128.load(panel), start);
      let s1 = f32x4.sub(v128.load(panel, 16), start);
      for (let p = 1; p < parts; p++) {
        const other = panel + <usize>p * partSize;
        s0 = f32x4.add(s0, f32x4.sub(v128.load(other), start));
        s1 = f32x4.add(s1, f32x4.sub(v128.load(other, 16), start));
      }
      const row = to + ((<usize>(r * columns + first + c)) << 2);
      if (live == 8) {
        v128.store(row, s0);
        v128.store(row, s1, 16);
      } else {
        for (let i = 0; i < live; i++) {
          let sum: f32 = 0;
          for (let p = 0; p < parts; p++) {
            sum += load<f32>(panel + <usize>p * partSize + ((<usize>i) << 2)) - f32x4.extract_lane(start, 0);
          }
          store<f32>(row + ((<usize>i) << 2), sum);
        }
      }
    }
    from += (<usize>depth) << 5;
  }
}

export function zero(from: usize, bytes: usize): void {
  memory.fill(from, 0, bytes);
}
