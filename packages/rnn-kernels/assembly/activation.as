import { madd } from './product';

// @ts-ignore: decorator
@inline
function limited(x: v128, bound: f32): v128 {
  // In this order a NaN stays one.
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(-bound)), f32x4.splat(bound));
}

/** `1 / (1 + 2^y)`, `y = -x log2(e)`: 2^y by its nearest whole power times a polynomial of the rest. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const y = limited(f32x4.mul(x, f32x4.splat(-1.44269504088896341)), 126);
  // The sum's lowest bits are the whole number and 127: the power's exponent.
  const round = f32x4.splat(12583039);
  const shifted = f32x4.add(y, round);
  const power = i32x4.shl(shifted, 23);
  const r = f32x4.sub(y, f32x4.sub(shifted, round));
  let p = madd(f32x4.splat(1.3264456065371633e-3), r, f32x4.splat(9.671726264059544e-3));
  p = madd(p, r, f32x4.splat(5.55073618888855e-2));
  p = madd(p, r, f32x4.splat(2.4022239446640015e-1));
  p = madd(p, r, f32x4.splat(6.931470036506653e-1));
  p = madd(p, r, f32x4.splat(1));
  return f32x4.div(f32x4.splat(1), madd(p, power, f32x4.splat(1)));
}

/** A quotient of polynomials, odd by even, that is tanh within rounding up to where it is 1. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const y = limited(x, 7.90531110763549805);
  const s = f32x4.mul(y, y);
  let p = madd(f32x4.splat(-2.76076847742355e-16), s, f32x4.splat(2.00018790482477e-13));
  p = madd(p, s, f32x4.splat(-8.60467152213735e-11));
  p = madd(p, s, f32x4.splat(5.12229709037114e-8));
  p = madd(p, s, f32x4.splat(1.48572235717979e-5));
  p = madd(p, s, f32x4.splat(6.37261928875436e-4));
  p = madd(p, s, f32x4.splat(4.89352455891786e-3));
  let q = madd(f32x4.splat(1.19825839466702e-6), s, f32x4.splat(1.18534705686654e-4));
  q = madd(q, s, f32x4.splat(2.26843463243900e-3));
  q = madd(q, s, f32x4.splat(4.89352518554385e-3));
  return f32x4.div(f32x4.mul(y, p), q);
}

/** What the activation gives, by its number: linear, relu, sigmoid, tanh. */
// @ts-ignore: decorator
@inline
export function activate(kind: i32, x: v128): v128 {
  if (kind == 3) return tanh(x);
  if (kind == 2) return sigmoid(x);
  // A NaN is not below zero, so it stays.
  if (kind == 1) return v128.andnot(x, f32x4.lt(x, f32x4.splat(0)));
  return x;
}

/** `dy` times the derivative of the activation that gave `y`. */
// @ts-ignore: decorator
@inline
export function differentiate(kind: i32, dy: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  if (kind == 3) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  if (kind == 2) return f32x4.mul(f32x4.mul(dy, y), f32x4.sub(one, y));
  // A factor, as in TensorFlow, so that a NaN from above is not lost.
  if (kind == 1) return f32x4.mul(dy, v128.and(one, f32x4.gt(y, f32x4.splat(0))));
  return dy;
}
