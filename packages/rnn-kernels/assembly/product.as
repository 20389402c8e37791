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
  const height = <usize>rows << 5;
  for (let p = 0; p < panels; p++) {
    let w = b;
    for (let r: usize = 0; r < height; r += 128) {
      const to = c + r;
      let c00: v128, c01: v128, c10: v128, c11: v128;
      let c20: v128, c21: v128, c30: v128, c31: v128;
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
      w = b;
      for (let list = a; list < end; list += 8) {
        let x = <usize>load<u32>(list) + offset + r;
        // One column at a time: unrolled, V8 12 loads first and multiplies later, and spills what it loaded.
        for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
          const b0 = v128.load(w);
          const b1 = v128.load(w, 16);
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
          w += 32;
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
    b = w;
    c += stride;
    if (bias != 0) bias += 32;
  }
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
      let x = <usize>load<u32>(list) + offset;
      const live = <usize>load<u32>(list, 4);
      const next = c + 256;
      for (let half: usize = 0; half < live; half += 16) {
        let c00 = v128.load(c);
        let c01 = v128.load(c, 16);
        let c10 = v128.load(c, 32);
        let c11 = v128.load(c, 48);
        let c20 = v128.load(c, 64);
        let c21 = v128.load(c, 80);
        let c30 = v128.load(c, 96);
        let c31 = v128.load(c, 112);
        let s = x;
        for (let w = first; w < last; w += 32) {
          const b0 = v128.load(w);
          const b1 = v128.load(w, 16);
          const s0 = v128.load32_splat(s);
          c00 = madd(s0, b0, c00);
          c01 = madd(s0, b1, c01);
          const s1 = v128.load32_splat(s, 4);
          c10 = madd(s1, b0, c10);
          c11 = madd(s1, b1, c11);
          const s2 = v128.load32_splat(s, 8);
          c20 = madd(s2, b0, c20);
          c21 = madd(s2, b1, c21);
          const s3 = v128.load32_splat(s, 12);
          c30 = madd(s3, b0, c30);
          c31 = madd(s3, b1, c31);
          s += 32;
        }
        v128.store(c, c00);
        v128.store(c, c01, 16);
        v128.store(c, c10, 32);
        v128.store(c, c11, 48);
        v128.store(c, c20, 64);
        v128.store(c, c21, 80);
        v128.store(c, c30, 96);
        v128.store(c, c31, 112);
        c += 128;
        x += 16;
      }
      c = next;
    }
    b += stride;
  }
}
