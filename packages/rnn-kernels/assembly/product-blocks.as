import { madd } from './madd';

/** 4 rows by 8 columns of `start + a · b`: the block at `to`. */
// @ts-ignore: decorator
@inline
export function block4(a: usize, end: usize, from: usize, b: usize, to: usize, bias: usize): void {
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
export function block6(a: usize, end: usize, from: usize, b: usize, to: usize, bias: usize): void {
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
