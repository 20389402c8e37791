/*
 * Matrix products over panels. A panel holds 8 columns of a matrix, row after row, so a row of it is 32 bytes.
 * A matrix is as many panels as its columns need, a fixed stride apart, the last one filled up with zeros.
 * A list of panels holds two words for each: its address, and 4 times its columns that count.
 */

/** `a * b + c`, rounded once where the engine has it. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Rows that a product computes at once: what the engine's compiler keeps in registers (see src/core/block-rows.ts). */
let blockRows: i32 = 4;

export function setBlockRows(rows: i32): void {
  blockRows = rows;
}

/** How many of `rows`, a multiple of 4, go into blocks of `blockRows`; the rest, in fours. */
// @ts-ignore: decorator
@inline
function rowsInBlocks(rows: i32): usize {
  if (blockRows == 8) return rows & ~7;
  if (blockRows == 6) {
    const over = rows % 6;
    return max(rows - (over == 2 ? 8 : over), 0);
  }
  return 0;
}

/** 4 rows by 8 columns of `start + a · b`: the block at `to`. */
// @ts-ignore: decorator
@inline
function block4(a: usize, end: usize, from: usize, b: usize, to: usize, bias: usize): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128;
  if (bias != 0) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c10 = c00;
    c11 = c01;
    c20 = c00;
    c21 = c01;
    c30 = c00;
    c31 = c01;
  } else {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    c10 = v128.load(to, 32);
    c11 = v128.load(to, 48);
    c20 = v128.load(to, 64);
    c21 = v128.load(to, 80);
    c30 = v128.load(to, 96);
    c31 = v128.load(to, 112);
  }
  for (let list = a; list < end; list += 8) {
    let x = <usize>load<u32>(list) + from;
    for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const s0 = v128.load32_splat(x);
      c00 = madd(s0, b0, c00);
      c01 = madd(s0, b1, c01);
      const s1 = v128.load32_splat(x, 32);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      const s2 = v128.load32_splat(x, 64);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      const s3 = v128.load32_splat(x, 96);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      b += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
}

/** 6 rows by 8 columns of `start + a · b`: the block at `to`. */
// @ts-ignore: decorator
@inline
function block6(a: usize, end: usize, from: usize, b: usize, to: usize, bias: usize): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128, c40: v128, c41: v128, c50: v128, c51: v128;
  if (bias != 0) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c10 = c00;
    c11 = c01;
    c20 = c00;
    c21 = c01;
    c30 = c00;
    c31 = c01;
    c40 = c00;
    c41 = c01;
    c50 = c00;
    c51 = c01;
  } else {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    c10 = v128.load(to, 32);
    c11 = v128.load(to, 48);
    c20 = v128.load(to, 64);
    c21 = v128.load(to, 80);
    c30 = v128.load(to, 96);
    c31 = v128.load(to, 112);
    c40 = v128.load(to, 128);
    c41 = v128.load(to, 144);
    c50 = v128.load(to, 160);
    c51 = v128.load(to, 176);
  }
  for (let list = a; list < end; list += 8) {
    let x = <usize>load<u32>(list) + from;
    for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const s0 = v128.load32_splat(x);
      c00 = madd(s0, b0, c00);
      c01 = madd(s0, b1, c01);
      const s1 = v128.load32_splat(x, 32);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      const s2 = v128.load32_splat(x, 64);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      const s3 = v128.load32_splat(x, 96);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      const s4 = v128.load32_splat(x, 128);
      c40 = madd(s4, b0, c40);
      c41 = madd(s4, b1, c41);
      const s5 = v128.load32_splat(x, 160);
      c50 = madd(s5, b0, c50);
      c51 = madd(s5, b1, c51);
      b += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
  v128.store(to, c40, 128);
  v128.store(to, c41, 144);
  v128.store(to, c50, 160);
  v128.store(to, c51, 176);
}

/** 8 rows by 8 columns of `start + a · b`: the block at `to`. */
// @ts-ignore: decorator
@inline
function block8(a: usize, end: usize, from: usize, b: usize, to: usize, bias: usize): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128, c40: v128, c41: v128, c50: v128, c51: v128, c60: v128, c61: v128, c70: v128, c71: v128;
  if (bias != 0) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c10 = c00;
    c11 = c01;
    c20 = c00;
    c21 = c01;
    c30 = c00;
    c31 = c01;
    c40 = c00;
    c41 = c01;
    c50 = c00;
    c51 = c01;
    c60 = c00;
    c61 = c01;
    c70 = c00;
    c71 = c01;
  } else {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    c10 = v128.load(to, 32);
    c11 = v128.load(to, 48);
    c20 = v128.load(to, 64);
    c21 = v128.load(to, 80);
    c30 = v128.load(to, 96);
    c31 = v128.load(to, 112);
    c40 = v128.load(to, 128);
    c41 = v128.load(to, 144);
    c50 = v128.load(to, 160);
    c51 = v128.load(to, 176);
    c60 = v128.load(to, 192);
    c61 = v128.load(to, 208);
    c70 = v128.load(to, 224);
    c71 = v128.load(to, 240);
  }
  for (let list = a; list < end; list += 8) {
    let x = <usize>load<u32>(list) + from;
    for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const s0 = v128.load32_splat(x);
      c00 = madd(s0, b0, c00);
      c01 = madd(s0, b1, c01);
      const s1 = v128.load32_splat(x, 32);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      const s2 = v128.load32_splat(x, 64);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      const s3 = v128.load32_splat(x, 96);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      const s4 = v128.load32_splat(x, 128);
      c40 = madd(s4, b0, c40);
      c41 = madd(s4, b1, c41);
      const s5 = v128.load32_splat(x, 160);
      c50 = madd(s5, b0, c50);
      c51 = madd(s5, b1, c51);
      const s6 = v128.load32_splat(x, 192);
      c60 = madd(s6, b0, c60);
      c61 = madd(s6, b1, c61);
      const s7 = v128.load32_splat(x, 224);
      c70 = madd(s7, b0, c70);
      c71 = madd(s7, b1, c71);
      b += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
  v128.store(to, c40, 128);
  v128.store(to, c41, 144);
  v128.store(to, c50, 160);
  v128.store(to, c51, 176);
  v128.store(to, c60, 192);
  v128.store(to, c61, 208);
  v128.store(to, c70, 224);
  v128.store(to, c71, 240);
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
  const high = rowsInBlocks(rows) << 5;
  const height = <usize>rows << 5;
  let panel: usize = 0;
  for (let list = a; list < end; list += 8) panel += <usize>load<u32>(list, 4) << 3;
  for (let p = 0; p < panels; p++) {
    let r: usize = 0;
    if (blockRows == 8) {
      for (; r < high; r += 256) block8(a, end, offset + r, b, c + r, bias);
    } else if (blockRows == 6) {
      for (; r < high; r += 192) block6(a, end, offset + r, b, c + r, bias);
    }
    for (; r < height; r += 128) block4(a, end, offset + r, b, c + r, bias);
    b += panel;
    c += stride;
    if (bias != 0) bias += 32;
  }
}

/** 4 rows, columns of `a` from `x` on, by 8 columns of `c + aᵀ · b`. */
// @ts-ignore: decorator
@inline
function transposedBlock4(x: usize, first: usize, last: usize, c: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  for (let w = first; w < last; w += 32) {
    const b0 = v128.load(w);
    const b1 = v128.load(w, 16);
    const s0 = v128.load32_splat(x);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    const s1 = v128.load32_splat(x, 4);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    const s2 = v128.load32_splat(x, 8);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    const s3 = v128.load32_splat(x, 12);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
    x += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

/** 8 rows, columns of `a` from `x` on, by 8 columns of `c + aᵀ · b`. */
// @ts-ignore: decorator
@inline
function transposedBlock8(x: usize, first: usize, last: usize, c: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c40 = v128.load(c, 128);
  let c41 = v128.load(c, 144);
  let c50 = v128.load(c, 160);
  let c51 = v128.load(c, 176);
  let c60 = v128.load(c, 192);
  let c61 = v128.load(c, 208);
  let c70 = v128.load(c, 224);
  let c71 = v128.load(c, 240);
  for (let w = first; w < last; w += 32) {
    const b0 = v128.load(w);
    const b1 = v128.load(w, 16);
    const s0 = v128.load32_splat(x);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    const s1 = v128.load32_splat(x, 4);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    const s2 = v128.load32_splat(x, 8);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    const s3 = v128.load32_splat(x, 12);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
    const s4 = v128.load32_splat(x, 16);
    c40 = madd(s4, b0, c40);
    c41 = madd(s4, b1, c41);
    const s5 = v128.load32_splat(x, 20);
    c50 = madd(s5, b0, c50);
    c51 = madd(s5, b1, c51);
    const s6 = v128.load32_splat(x, 24);
    c60 = madd(s6, b0, c60);
    c61 = madd(s6, b1, c61);
    const s7 = v128.load32_splat(x, 28);
    c70 = madd(s7, b0, c70);
    c71 = madd(s7, b1, c71);
    x += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
  v128.store(c, c60, 192);
  v128.store(c, c61, 208);
  v128.store(c, c70, 224);
  v128.store(c, c71, 240);
}

/**
 * 6 rows by 8 columns of `c + aᵀ · b`: the columns of `a` from `x` on, of which those from the `turn`th on
 * stand in the next panel, as far from `y` as they would stand from `x`.
 */
// @ts-ignore: decorator
@inline
function transposedBlock6(turn: i32, x: usize, y: usize, first: usize, last: usize, c: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c40 = v128.load(c, 128);
  let c41 = v128.load(c, 144);
  let c50 = v128.load(c, 160);
  let c51 = v128.load(c, 176);
  for (let w = first; w < last; w += 32) {
    const b0 = v128.load(w);
    const b1 = v128.load(w, 16);
    const s0 = v128.load32_splat(x);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    const s1 = v128.load32_splat(x, 4);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    const s2 = v128.load32_splat(turn > 2 ? x : y, 8);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    const s3 = v128.load32_splat(turn > 3 ? x : y, 12);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
    const s4 = v128.load32_splat(turn > 4 ? x : y, 16);
    c40 = madd(s4, b0, c40);
    c41 = madd(s4, b1, c41);
    const s5 = v128.load32_splat(turn > 5 ? x : y, 20);
    c50 = madd(s5, b0, c50);
    c51 = madd(s5, b1, c51);
    x += 32;
    if (turn < 6) y += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
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
  for (let p = 0; p < panels; p++) {
    const first = b + offset;
    const last = first + height;
    for (let list = a; list < end; list += 8) {
      if (blockRows != 8 && list + 16 < end && wholePanels(list)) {
        transposedPanels(list, offset, first, last, c);
        list += 16;
        c += 768;
        continue;
      }
      const x = <usize>load<u32>(list) + offset;
      const live = <usize>load<u32>(list, 4);
      if (blockRows == 8 && live > 16) transposedBlock8(x, first, last, c);
      else {
        transposedBlock4(x, first, last, c);
        if (live > 16) transposedBlock4(x + 16, first, last, c + 128);
      }
      c += 256;
    }
    b += stride;
  }
}
