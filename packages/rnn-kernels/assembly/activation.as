import { madd, nmadd } from './madd';

/*
 * Numbers that loops need stand in memory: as constants in the code V8 13.6 makes each of them anew at
 * every use, by three instructions, but what is loaded before a loop stays in a register.
 */

/** Where they stand; the arena begins behind them (src/core/arena.ts). */
const numbers: usize = 64;

// @ts-ignore: decorator
@inline
function put(place: usize, value: f32): void {
  store<f32>(numbers + (place << 2), value);
}

// @ts-ignore: decorator
@inline
function get(place: usize): v128 {
  return v128.load32_splat(numbers + (place << 2));
}

/** Puts all numbers in their places, once for all threads. */
export function placeNumbers(): void {
  put(0, 1);
  // Sigmoid: bounds of the power of 2, a sum whose lowest bits are a whole number and 127, and 2^r. With the
  // upper one no gate is below 1e-30; see settled.
  put(1, -126);
  put(2, 99);
  put(3, 12583039);
  put(4, 1.3264456065371633e-3);
  put(5, 9.671726264059544e-3);
  put(6, 5.55073618888855e-2);
  put(7, 2.4022239446640015e-1);
  put(8, 6.931470036506653e-1);
  // Tanh: where it is 1 within rounding, and the polynomials.
  put(9, -7.90531110763549805);
  put(10, 7.90531110763549805);
  put(11, -2.76076847742355e-16);
  put(12, 2.00018790482477e-13);
  put(13, -8.60467152213735e-11);
  put(14, 5.12229709037114e-8);
  put(15, 1.48572235717979e-5);
  put(16, 6.37261928875436e-4);
  put(17, 4.89352455891786e-3);
  put(18, 1.19825839466702e-6);
  put(19, 1.18534705686654e-4);
  put(20, 2.26843463243900e-3);
  put(21, 4.89352518554385e-3);
  put(22, 1e-30);
  put(23, -69);
  // An optimizer's squares; see training.as.
  put(24, 1e-17);
  put(25, 1e-36);
  // What the square of tanh's argument starts from: nothing beside one that counts, and with the smallest of
  // the polynomials' numbers still not denormal.
  put(26, 1e-20);
}

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return get(0);
}

/** The number below which one counts as nothing; see {@link settled}. */
// @ts-ignore: decorator
@inline
export function nothing(): v128 {
  return get(22);
}

/** The number below which one counts as nothing that is squared. */
// @ts-ignore: decorator
@inline
export function nothingToSquare(): v128 {
  return get(24);
}

/** The same of a mean of squares. */
// @ts-ignore: decorator
@inline
export function nothingOfSquares(): v128 {
  return get(25);
}

/**
 * `x`, or zeros where it is next to nothing. States and gradients that die out over a long sequence become
 * denormal, and then a processor takes a hundred times as long for each product; WebAssembly cannot tell it
 * to flush them, as TensorFlow does.
 */
// @ts-ignore: decorator
@inline
export function settled(x: v128, tiny: v128): v128 {
  // A NaN is not less than anything, so it stays.
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), tiny));
}

/** {@link settled} in place. */
function settle(from: usize, bytes: usize): void {
  const tiny = nothing();
  for (let at: usize = 0; at < bytes; at += 32) {
    v128.store(from + at, settled(v128.load(from + at), tiny));
    v128.store(from + at, settled(v128.load(from + at, 16), tiny), 16);
  }
}

const minusLog2e: f32 = -1.44269504088896341;

/**
 * `to = 1 / (1 + 2^y)`, `y = -(from + bias) log2(e)`: 2^y by its nearest whole power times a polynomial of
 * the rest r. Within 2e-7 of the sigmoid.
 *
 * @param bytes - a multiple of 32, so that two vectors at a time can become one of twice the width
 */
export function applySigmoid(from: usize, to: usize, bytes: usize, bias: f32): void {
  const scale = f32x4.splat(minusLog2e);
  const shift = f32x4.splat(bias * minusLog2e);
  const low = get(1);
  const high = get(2);
  const round = get(3);
  const p5 = get(4);
  const p4 = get(5);
  const p3 = get(6);
  const p2 = get(7);
  const p1 = get(8);
  const p0 = get(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    // In this order a NaN stays one.
    const ya = f32x4.pmin(f32x4.pmax(madd(v128.load(from + at), scale, shift), low), high);
    const yb = f32x4.pmin(f32x4.pmax(madd(v128.load(from + at, 16), scale, shift), low), high);
    const sa = f32x4.add(ya, round);
    const sb = f32x4.add(yb, round);
    const ra = f32x4.sub(ya, f32x4.sub(sa, round));
    const rb = f32x4.sub(yb, f32x4.sub(sb, round));
    const ea = madd(madd(madd(madd(madd(p5, ra, p4), ra, p3), ra, p2), ra, p1), ra, p0);
    const eb = madd(madd(madd(madd(madd(p5, rb, p4), rb, p3), rb, p2), rb, p1), rb, p0);
    v128.store(to + at, f32x4.div(p0, madd(ea, i32x4.shl(sa, 23), p0)));
    v128.store(to + at, f32x4.div(p0, madd(eb, i32x4.shl(sb, 23), p0)), 16);
  }
}

/**
 * `to = tanh(from)`, by a quotient of polynomials, odd by even, within 3e-7 up to where tanh is 1.
 *
 * @param bytes - a multiple of 32, as above
 */
export function applyTanh(from: usize, to: usize, bytes: usize): void {
  tanhOf(from, to, bytes, false);
}

/** The same in place, settled; a loop of its own for that would take twice as long. */
function applySettledTanh(at: usize, bytes: usize): void {
  tanhOf(at, at, bytes, true);
}

// @ts-ignore: decorator
@inline
function tanhOf(from: usize, to: usize, bytes: usize, settles: bool): void {
  const low = get(9);
  const high = get(10);
  const p6 = get(11);
  const p5 = get(12);
  const p4 = get(13);
  const p3 = get(14);
  const p2 = get(15);
  const p1 = get(16);
  const p0 = get(17);
  const q3 = get(18);
  const q2 = get(19);
  const q1 = get(20);
  const q0 = get(21);
  const start = get(26);
  const tiny = nothing();
  for (let at: usize = 0; at < bytes; at += 32) {
    const ya = f32x4.pmin(f32x4.pmax(v128.load(from + at), low), high);
    const yb = f32x4.pmin(f32x4.pmax(v128.load(from + at, 16), low), high);
    // The square of a small number alone would be denormal.
    const sa = madd(ya, ya, start);
    const sb = madd(yb, yb, start);
    const pa = madd(madd(madd(madd(madd(madd(p6, sa, p5), sa, p4), sa, p3), sa, p2), sa, p1), sa, p0);
    const pb = madd(madd(madd(madd(madd(madd(p6, sb, p5), sb, p4), sb, p3), sb, p2), sb, p1), sb, p0);
    const qa = madd(madd(madd(q3, sa, q2), sa, q1), sa, q0);
    const qb = madd(madd(madd(q3, sb, q2), sb, q1), sb, q0);
    const ta = f32x4.div(f32x4.mul(ya, pa), qa);
    const tb = f32x4.div(f32x4.mul(yb, pb), qb);
    v128.store(to + at, settles ? settled(ta, tiny) : ta);
    v128.store(to + at, settles ? settled(tb, tiny) : tb, 16);
  }
}

/** `e^x` of numbers from 0 down, within 3e-7 of its size; 0 below e^-69, 1e-30, as of what fills up a row. */
// @ts-ignore: decorator
@inline
export function power(x: v128): v128 {
  const y = f32x4.pmax(f32x4.mul(x, f32x4.splat(-minusLog2e)), get(1));
  const s = f32x4.add(y, get(3));
  const r = f32x4.sub(y, f32x4.sub(s, get(3)));
  const e = madd(madd(madd(madd(madd(get(4), r, get(5)), r, get(6)), r, get(7)), r, get(8)), r, get(0));
  return v128.andnot(f32x4.mul(e, i32x4.shl(s, 23)), f32x4.lt(x, get(23)));
}

function applyReLU(from: usize, to: usize, bytes: usize): void {
  const tiny = nothing();
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(from + at);
    // A NaN is not less than anything, so it stays; what is left is settled.
    v128.store(to + at, v128.andnot(x, f32x4.lt(x, tiny)));
  }
}

/** What the activation gives, by its number: linear, relu, sigmoid, tanh; in place, and settled. */
export function activate(kind: i32, at: usize, bytes: usize): void {
  if (kind == 2) applySigmoid(at, at, bytes, 0);
  else if (kind == 1) applyReLU(at, at, bytes);
  else if (kind == 3) applySettledTanh(at, bytes);
  else settle(at, bytes);
}

/** The derivative of tanh, by its value; the square of a small one alone would be denormal. */
// @ts-ignore: decorator
@inline
export function tanhSlope(y: v128, one: v128): v128 {
  return nmadd(y, y, one);
}

/** `to = dy · (1 - y²)`, settled; two vectors at a time, as above. */
export function differentiateTanh(dy: usize, y: usize, to: usize, bytes: usize): void {
  const unit = one();
  const tiny = nothing();
  for (let at: usize = 0; at < bytes; at += 32) {
    const ya = v128.load(y + at);
    const yb = v128.load(y + at, 16);
    const za = f32x4.mul(v128.load(dy + at), tanhSlope(ya, unit));
    const zb = f32x4.mul(v128.load(dy + at, 16), tanhSlope(yb, unit));
    v128.store(to + at, settled(za, tiny));
    v128.store(to + at, settled(zb, tiny), 16);
  }
}

/** `dy` times the derivative of another activation, that gave `y`. */
// @ts-ignore: decorator
@inline
export function differentiate(kind: i32, dy: v128, y: v128, one: v128): v128 {
  if (kind == 2) return f32x4.mul(f32x4.mul(dy, y), f32x4.sub(one, y));
  // A factor, as in TensorFlow, so that a NaN from above is not lost.
  if (kind == 1) return f32x4.mul(dy, v128.and(one, f32x4.gt(y, f32x4.splat(0))));
  return dy;
}
