import { madd } from './madd';

/** 4 rows by 16 columns, those of two panels of `b`, at `b` and `d`: the blocks at `to` and `toD`. */
// @ts-ignore: decorator
@inline
export function wideBlock4(
  a: usize,
  end: usize,
  from: usize,
  b: usize,
  d: usize,
  to: usize,
  toD: usize,
  bias: usize,
): void {
  let c00: v128, c01: v128, c02: v128, c03: v128, c10: v128, c11: v128, c12: v128, c13: v128, c20: v128, c21: v128, c22: v128, c23: v128, c30: v128, c31: v128, c32: v128, c33: v128;
  if (bias != 0) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c02 = v128.load(bias, 32);
    c03 = v128.load(bias, 48);
    c10 = c00;
    c11 = c01;
    c12 = c02;
    c13 = c03;
    c20 = c00;
    c21 = c01;
    c22 = c02;
    c23 = c03;
    c30 = c00;
    c31 = c01;
    c32 = c02;
    c33 = c03;
  } else {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    c02 = v128.load(toD);
    c03 = v128.load(toD, 16);
    c10 = v128.load(to, 32);
    c11 = v128.load(to, 48);
    c12 = v128.load(toD, 32);
    c13 = v128.load(toD, 48);
    c20 = v128.load(to, 64);
    c21 = v128.load(to, 80);
    c22 = v128.load(toD, 64);
    c23 = v128.load(toD, 80);
    c30 = v128.load(to, 96);
    c31 = v128.load(to, 112);
    c32 = v128.load(toD, 96);
    c33 = v128.load(toD, 112);
  }
  for (let list = a; list < end; list += 8) {
    let x = <usize>load<u32>(list) + from;
    for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const d0 = v128.load(d);
      const d1 = v128.load(d, 16);
      const s0 = v128.load32_splat(x);
      c00 = madd(s0, b0, c00);
      c01 = madd(s0, b1, c01);
      c02 = madd(s0, d0, c02);
      c03 = madd(s0, d1, c03);
      const s1 = v128.load32_splat(x, 32);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      c12 = madd(s1, d0, c12);
      c13 = madd(s1, d1, c13);
      const s2 = v128.load32_splat(x, 64);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      c22 = madd(s2, d0, c22);
      c23 = madd(s2, d1, c23);
      const s3 = v128.load32_splat(x, 96);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      c32 = madd(s3, d0, c32);
      c33 = madd(s3, d1, c33);
      b += 32;
      d += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(toD, c02);
  v128.store(toD, c03, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(toD, c12, 32);
  v128.store(toD, c13, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(toD, c22, 64);
  v128.store(toD, c23, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
  v128.store(toD, c32, 96);
  v128.store(toD, c33, 112);
}

/** 6 rows by 16 columns, those of two panels of `b`, at `b` and `d`: the blocks at `to` and `toD`. */
// @ts-ignore: decorator
@inline
export function wideBlock6(
  a: usize,
  end: usize,
  from: usize,
  b: usize,
  d: usize,
  to: usize,
  toD: usize,
  bias: usize,
): void {
  let c00: v128, c01: v128, c02: v128, c03: v128, c10: v128, c11: v128, c12: v128, c13: v128, c20: v128, c21: v128, c22: v128, c23: v128, c30: v128, c31: v128, c32: v128, c33: v128, c40: v128, c41: v128, c42: v128, c43: v128, c50: v128, c51: v128, c52: v128, c53: v128;
  if (bias != 0) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
    c02 = v128.load(bias, 32);
    c03 = v128.load(bias, 48);
    c10 = c00;
    c11 = c01;
    c12 = c02;
    c13 = c03;
    c20 = c00;
    c21 = c01;
    c22 = c02;
    c23 = c03;
    c30 = c00;
    c31 = c01;
    c32 = c02;
    c33 = c03;
    c40 = c00;
    c41 = c01;
    c42 = c02;
    c43 = c03;
    c50 = c00;
    c51 = c01;
    c52 = c02;
    c53 = c03;
  } else {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    c02 = v128.load(toD);
    c03 = v128.load(toD, 16);
    c10 = v128.load(to, 32);
    c11 = v128.load(to, 48);
    c12 = v128.load(toD, 32);
    c13 = v128.load(toD, 48);
    c20 = v128.load(to, 64);
    c21 = v128.load(to, 80);
    c22 = v128.load(toD, 64);
    c23 = v128.load(toD, 80);
    c30 = v128.load(to, 96);
    c31 = v128.load(to, 112);
    c32 = v128.load(toD, 96);
    c33 = v128.load(toD, 112);
    c40 = v128.load(to, 128);
    c41 = v128.load(to, 144);
    c42 = v128.load(toD, 128);
    c43 = v128.load(toD, 144);
    c50 = v128.load(to, 160);
    c51 = v128.load(to, 176);
    c52 = v128.load(toD, 160);
    c53 = v128.load(toD, 176);
  }
  for (let list = a; list < end; list += 8) {
    let x = <usize>load<u32>(list) + from;
    for (const last = x + <usize>load<u32>(list, 4); x < last; x += 4) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const d0 = v128.load(d);
      const d1 = v128.load(d, 16);
      const s0 = v128.load32_splat(x);
      c00 = madd(s0, b0, c00);
      c01 = madd(s0, b1, c01);
      c02 = madd(s0, d0, c02);
      c03 = madd(s0, d1, c03);
      const s1 = v128.load32_splat(x, 32);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      c12 = madd(s1, d0, c12);
      c13 = madd(s1, d1, c13);
      const s2 = v128.load32_splat(x, 64);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      c22 = madd(s2, d0, c22);
      c23 = madd(s2, d1, c23);
      const s3 = v128.load32_splat(x, 96);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      c32 = madd(s3, d0, c32);
      c33 = madd(s3, d1, c33);
      const s4 = v128.load32_splat(x, 128);
      c40 = madd(s4, b0, c40);
      c41 = madd(s4, b1, c41);
      c42 = madd(s4, d0, c42);
      c43 = madd(s4, d1, c43);
      const s5 = v128.load32_splat(x, 160);
      c50 = madd(s5, b0, c50);
      c51 = madd(s5, b1, c51);
      c52 = madd(s5, d0, c52);
      c53 = madd(s5, d1, c53);
      b += 32;
      d += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(toD, c02);
  v128.store(toD, c03, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(toD, c12, 32);
  v128.store(toD, c13, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(toD, c22, 64);
  v128.store(toD, c23, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
  v128.store(toD, c32, 96);
  v128.store(toD, c33, 112);
  v128.store(to, c40, 128);
  v128.store(to, c41, 144);
  v128.store(toD, c42, 128);
  v128.store(toD, c43, 144);
  v128.store(to, c50, 160);
  v128.store(to, c51, 176);
  v128.store(toD, c52, 160);
  v128.store(toD, c53, 176);
}
