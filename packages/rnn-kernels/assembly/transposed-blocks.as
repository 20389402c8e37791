import { madd } from './madd';

/** 4 rows, columns of `a` from `x` on, by 8 columns of `c + aᵀ · b`. */
// @ts-ignore: decorator
@inline
export function transposedBlock4(x: usize, first: usize, last: usize, c: usize): void {
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

/**
 * 6 rows by 8 columns of `c + aᵀ · b`: the columns of `a` from `x` on, of which those from the `turn`th on
 * stand in the next panel, as far from `y` as they would stand from `x`.
 */
// @ts-ignore: decorator
@inline
export function transposedBlock6(turn: i32, x: usize, y: usize, first: usize, last: usize, c: usize): void {
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
