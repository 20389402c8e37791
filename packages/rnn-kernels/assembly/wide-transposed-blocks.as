import { madd } from './madd';

/** 4 rows, columns of `a` from `x` on, by 16 columns, those of two panels of `b`. */
// @ts-ignore: decorator
@inline
export function wideTransposedBlock4(
  x: usize,
  first: usize,
  last: usize,
  d: usize,
  c: usize,
  cD: usize,
): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c02 = v128.load(cD);
  let c03 = v128.load(cD, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c12 = v128.load(cD, 32);
  let c13 = v128.load(cD, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c22 = v128.load(cD, 64);
  let c23 = v128.load(cD, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c32 = v128.load(cD, 96);
  let c33 = v128.load(cD, 112);
  for (let w = first; w < last; w += 32) {
    const b0 = v128.load(w);
    const b1 = v128.load(w, 16);
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    const s0 = v128.load32_splat(x);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    c02 = madd(s0, d0, c02);
    c03 = madd(s0, d1, c03);
    const s1 = v128.load32_splat(x, 4);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    c12 = madd(s1, d0, c12);
    c13 = madd(s1, d1, c13);
    const s2 = v128.load32_splat(x, 8);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    c22 = madd(s2, d0, c22);
    c23 = madd(s2, d1, c23);
    const s3 = v128.load32_splat(x, 12);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
    c32 = madd(s3, d0, c32);
    c33 = madd(s3, d1, c33);
    d += 32;
    x += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(cD, c02);
  v128.store(cD, c03, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(cD, c12, 32);
  v128.store(cD, c13, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(cD, c22, 64);
  v128.store(cD, c23, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(cD, c32, 96);
  v128.store(cD, c33, 112);
}

/** 6 rows by 16 columns; of `a`'s columns those from the `turn`th on are from `y`, as in {@link transposedBlock6}. */
// @ts-ignore: decorator
@inline
export function wideTransposedBlock6(
  turn: i32,
  x: usize,
  y: usize,
  first: usize,
  last: usize,
  d: usize,
  c: usize,
  cD: usize,
): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c02 = v128.load(cD);
  let c03 = v128.load(cD, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c12 = v128.load(cD, 32);
  let c13 = v128.load(cD, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c22 = v128.load(cD, 64);
  let c23 = v128.load(cD, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c32 = v128.load(cD, 96);
  let c33 = v128.load(cD, 112);
  let c40 = v128.load(c, 128);
  let c41 = v128.load(c, 144);
  let c42 = v128.load(cD, 128);
  let c43 = v128.load(cD, 144);
  let c50 = v128.load(c, 160);
  let c51 = v128.load(c, 176);
  let c52 = v128.load(cD, 160);
  let c53 = v128.load(cD, 176);
  for (let w = first; w < last; w += 32) {
    const b0 = v128.load(w);
    const b1 = v128.load(w, 16);
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    const s0 = v128.load32_splat(x);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    c02 = madd(s0, d0, c02);
    c03 = madd(s0, d1, c03);
    const s1 = v128.load32_splat(x, 4);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    c12 = madd(s1, d0, c12);
    c13 = madd(s1, d1, c13);
    const s2 = v128.load32_splat(turn > 2 ? x : y, 8);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    c22 = madd(s2, d0, c22);
    c23 = madd(s2, d1, c23);
    const s3 = v128.load32_splat(turn > 3 ? x : y, 12);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
    c32 = madd(s3, d0, c32);
    c33 = madd(s3, d1, c33);
    const s4 = v128.load32_splat(turn > 4 ? x : y, 16);
    c40 = madd(s4, b0, c40);
    c41 = madd(s4, b1, c41);
    c42 = madd(s4, d0, c42);
    c43 = madd(s4, d1, c43);
    const s5 = v128.load32_splat(turn > 5 ? x : y, 20);
    c50 = madd(s5, b0, c50);
    c51 = madd(s5, b1, c51);
    c52 = madd(s5, d0, c52);
    c53 = madd(s5, d1, c53);
    d += 32;
    x += 32;
    if (turn < 6) y += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(cD, c02);
  v128.store(cD, c03, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(cD, c12, 32);
  v128.store(cD, c13, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(cD, c22, 64);
  v128.store(cD, c23, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(cD, c32, 96);
  v128.store(cD, c33, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(cD, c42, 128);
  v128.store(cD, c43, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
  v128.store(cD, c52, 160);
  v128.store(cD, c53, 176);
}
