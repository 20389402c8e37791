import { block4, block6 } from './product-blocks';
import { transposedBlock4, transposedBlock6 } from './transposed-blocks';
import { wideBlock4, wideBlock6 } from './wide-blocks';
import { wideTransposedBlock4, wideTransposedBlock6 } from './wide-transposed-blocks';

/*
 * Matrix products over panels. A panel holds 8 columns of a matrix, row after row, so a row of it is 32 bytes.
 * A matrix is as many panels as its columns need, a fixed stride apart, the last one filled up with zeros.
 * A list of panels holds two words for each: its address, and 4 times its columns that count.
 */

/** What a product computes at once: what the engine's compiler keeps in registers (see src/core/block-shape.ts). */
let blockRows: i32 = 4;
let blockColumns: i32 = 8;

export function setBlock(rows: i32, columns: i32): void {
  blockRows = rows;
  blockColumns = columns;
}

/** How many of `rows`, a multiple of 4, go into blocks of six; the rest, in fours. */
// @ts-ignore: decorator
@inline
function rowsInSixes(rows: i32): usize {
  if (blockRows != 6) return 0;
  const over = rows % 6;
  return max(rows - (over == 2 ? 8 : over), 0);
}

/**
 * `c = start + a · b` for `rows` rows, a multiple of 4, and `panels` panels of `b` and `c`.
 *
 * @param a - list of the panels of `a`, `depth` of them
 * @param offset - added to each of their addresses: where the rows begin
 * @param b - packed: for each of its panels a row of 32 bytes for each column of `a`
 * @param c - where the rows of its first panel begin
 * @param stride - from one panel of `c` to the next
 * @param bias - address of `8 * panels` numbers to start from, or 0 to start from what is in `c`
 */
export function product(
  a: usize,
  depth: i32,
  offset: usize,
  b: usize,
  c: usize,
  stride: usize,
  rows: i32,
  panels: i32,
  bias: usize,
): void {
  const end = a + (<usize>depth << 3);
  const high = rowsInSixes(rows) << 5;
  const height = <usize>rows << 5;
  let panel: usize = 0;
  for (let list = a; list < end; list += 8) panel += <usize>load<u32>(list, 4) << 3;
  let p = 0;
  if (blockColumns == 16) {
    for (; p + 1 < panels; p += 2) {
      const d = b + panel;
      const cD = c + stride;
      let r: usize = 0;
      for (; r < high; r += 192) wideBlock6(a, end, offset + r, b, d, c + r, cD + r, bias);
      for (; r < height; r += 128) wideBlock4(a, end, offset + r, b, d, c + r, cD + r, bias);
      b = d + panel;
      c = cD + stride;
      if (bias != 0) bias += 64;
    }
  }
  for (; p < panels; p++) {
    let r: usize = 0;
    for (; r < high; r += 192) block6(a, end, offset + r, b, c + r, bias);
    for (; r < height; r += 128) block4(a, end, offset + r, b, c + r, bias);
    b += panel;
    c += stride;
    if (bias != 0) bias += 32;
  }
}

// @ts-ignore: decorator
@inline
function wholePanels(list: usize): bool {
  return (load<u32>(list, 4) & load<u32>(list, 12) & load<u32>(list, 20)) == 32;
}

/** 24 rows by 8 columns: three whole panels of `a`. */
function transposedPanels(list: usize, offset: usize, first: usize, last: usize, c: usize): void {
  const x = <usize>load<u32>(list) + offset;
  const y = <usize>load<u32>(list, 8) + offset;
  const z = <usize>load<u32>(list, 16) + offset;
  transposedBlock6(6, x, x, first, last, c);
  transposedBlock6(2, x + 24, y - 8, first, last, c + 192);
  transposedBlock6(4, y + 16, z - 16, first, last, c + 384);
  transposedBlock6(6, z + 8, z, first, last, c + 576);
}

/** 24 rows by 16 columns, those of the panels of `b` at `first` and `d`. */
function wideTransposedPanels(
  list: usize,
  offset: usize,
  first: usize,
  last: usize,
  d: usize,
  c: usize,
  cD: usize,
): void {
  const x = <usize>load<u32>(list) + offset;
  const y = <usize>load<u32>(list, 8) + offset;
  const z = <usize>load<u32>(list, 16) + offset;
  wideTransposedBlock6(6, x, x, first, last, d, c, cD);
  wideTransposedBlock6(2, x + 24, y - 8, first, last, d, c + 192, cD + 192);
  wideTransposedBlock6(4, y + 16, z - 16, first, last, d, c + 384, cD + 384);
  wideTransposedBlock6(6, z + 8, z, first, last, d, c + 576, cD + 576);
}

/**
 * `c = c + aᵀ · b` over `rows` rows, a multiple of 4.
 *
 * @param a - list of the panels of `a`, `depth` of them
 * @param offset - added to each of their addresses, and to `b`: where the rows begin
 * @param b - its first panel
 * @param stride - from one panel of `b` to the next
 * @param c - packed: for each panel of `b` the 8 * depth rows, 32 bytes each
 */
export function transposedProduct(
  a: usize,
  depth: i32,
  offset: usize,
  b: usize,
  stride: usize,
  c: usize,
  rows: i32,
  panels: i32,
): void {
  const end = a + (<usize>depth << 3);
  const height = <usize>rows << 5;
  const panel = <usize>depth << 8;
  let p = 0;
  if (blockColumns == 16) {
    for (; p + 1 < panels; p += 2) {
      const first = b + offset;
      wideTransposedRows(a, end, offset, first, first + height, first + stride, c, c + panel);
      b += stride << 1;
      c += panel << 1;
    }
  }
  for (; p < panels; p++) {
    const first = b + offset;
    transposedRows(a, end, offset, first, first + height, c);
    b += stride;
    c += panel;
  }
}

/** All rows by 8 columns. */
function transposedRows(a: usize, end: usize, offset: usize, first: usize, last: usize, c: usize): void {
  for (let list = a; list < end; list += 8, c += 256) {
    if (list + 16 < end && wholePanels(list)) {
      transposedPanels(list, offset, first, last, c);
      list += 16;
      c += 512;
      continue;
    }
    const x = <usize>load<u32>(list) + offset;
    transposedBlock4(x, first, last, c);
    if (load<u32>(list, 4) > 16) transposedBlock4(x + 16, first, last, c + 128);
  }
}

/** All rows by 16 columns. */
function wideTransposedRows(
  a: usize,
  end: usize,
  offset: usize,
  first: usize,
  last: usize,
  d: usize,
  c: usize,
  cD: usize,
): void {
  for (let list = a; list < end; list += 8, c += 256, cD += 256) {
    if (list + 16 < end && wholePanels(list)) {
      wideTransposedPanels(list, offset, first, last, d, c, cD);
      list += 16;
      c += 512;
      cD += 512;
      continue;
    }
    const x = <usize>load<u32>(list) + offset;
    wideTransposedBlock4(x, first, last, d, c, cD);
    if (load<u32>(list, 4) > 16) {
      wideTransposedBlock4(x + 16, first, last, d, c + 128, cD + 128);
    }
  }
}
