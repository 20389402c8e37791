/*
 * What a training step does beside the sequences. Addresses are those of row-major numbers; rows and
 * columns may be filled up, since nobody reads what comes of the filling.
 */
import { nothing, nothingOfSquares, nothingToSquare, power, settled } from './activation';
import { madd } from './madd';

/**
 * `c = a · b` for whole blocks of 4 rows and 8 columns.
 *
 * @param a - its element [i, k] is `i * aRow + k * aColumn` bytes on, so that it may be a transpose
 * @param b - its rows are `row` bytes, a multiple of 32, as are those of c
 */
export function rowProduct(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  c: usize,
  row: usize,
  rows: i32,
  inner: i32,
): void {
  const end = a + <usize>inner * aColumn;
  for (let i = 0; i < rows; i += 4) {
    for (let j: usize = 0; j < row; j += 32) {
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      const first = <usize>i * aRow;
      let w = b + j;
      for (let k = a + first; k < end + first; k += aColumn) {
        const b0 = v128.load(w);
        const b1 = v128.load(w, 16);
        const s0 = v128.load32_splat(k);
        c00 = madd(s0, b0, c00);
        c01 = madd(s0, b1, c01);
        const s1 = v128.load32_splat(k + aRow);
        c10 = madd(s1, b0, c10);
        c11 = madd(s1, b1, c11);
        const s2 = v128.load32_splat(k + 2 * aRow);
        c20 = madd(s2, b0, c20);
        c21 = madd(s2, b1, c21);
        const s3 = v128.load32_splat(k + 3 * aRow);
        c30 = madd(s3, b0, c30);
        c31 = madd(s3, b1, c31);
        w += row;
      }
      let to = c + <usize>i * row + j;
      v128.store(to, c00);
      v128.store(to, c01, 16);
      to += row;
      v128.store(to, c10);
      v128.store(to, c11, 16);
      to += row;
      v128.store(to, c20);
      v128.store(to, c21, 16);
      to += row;
      v128.store(to, c30);
      v128.store(to, c31, 16);
    }
  }
}

// @ts-ignore: decorator
@inline
function largestOf(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

function largestOfRow(from: usize, row: usize): f32 {
  let largest = v128.load(from);
  for (let j: usize = 16; j < row; j += 16) largest = f32x4.max(largest, v128.load(from + j));
  return largestOf(largest);
}

/**
 * Adds the bias to products, which makes them logits; of each row two sums: of the powers of its logits less
 * the largest, and the label's logit less the largest.
 *
 * @param row - bytes of a row, filled up by a bias below all others
 */
export function softmaxSums(
  logits: usize,
  bias: usize,
  labels: usize,
  sums: usize,
  rows: i32,
  row: usize,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < row; j += 16) {
      v128.store(logits + j, f32x4.add(v128.load(logits + j), v128.load(bias + j)));
    }
    const largest = largestOfRow(logits, row);
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < row; j += 16) {
      sum = f32x4.add(sum, power(f32x4.sub(v128.load(logits + j), f32x4.splat(largest))));
    }
    store<f32>(sums, sumOf(sum));
    store<f32>(sums, load<f32>(logits + (<usize>load<i32>(labels) << 2)) - largest, 4);
    logits += row;
    labels += 4;
    sums += 8;
  }
}

/** Logits become `scale · (softmax(logits) - oneHot(labels))`. */
export function lossGradient(logits: usize, labels: usize, rows: i32, row: usize, scale: f32): void {
  for (let i = 0; i < rows; i++) {
    const largest = f32x4.splat(largestOfRow(logits, row));
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < row; j += 16) {
      const e = power(f32x4.sub(v128.load(logits + j), largest));
      sum = f32x4.add(sum, e);
      v128.store(logits + j, e);
    }
    const whole = sumOf(sum);
    const label = logits + (<usize>load<i32>(labels) << 2);
    // Before it is scaled: of a label that is nearly certain, more digits are left.
    store<f32>(label, load<f32>(label) - whole);
    const factor = f32x4.splat(scale / whole);
    for (let j: usize = 0; j < row; j += 16) {
      v128.store(logits + j, f32x4.mul(v128.load(logits + j), factor));
    }
    logits += row;
    labels += 4;
  }
}

/** The sum of each column. */
export function columnSums(from: usize, rows: i32, row: usize, to: usize): void {
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f32x4.splat(0);
    let at = from + j;
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    v128.store(to + j, sum);
  }
}

/*
 * Where a gradient is zero for long, an optimizer's means die out as states do, so they are settled as well:
 * a mean of squares below 1e-36, near the smallest number that is not denormal, and a gradient below 1e-17,
 * whose square is about as small. Both are less than an epsilon, so weights stay the same; with one of 0 they
 * stop where TensorFlow's go on down to 1e-19.
 */

// @ts-ignore: decorator
@inline
function settledSquare(x: v128, tiny: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, tiny));
}

/** A step of Adam in place, over `bytes` of each, a multiple of 16. */
export function applyAdam(
  weight: usize,
  m: usize,
  v: usize,
  gradient: usize,
  bytes: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
): void {
  const tiny = nothing();
  const tinyGradient = nothingToSquare();
  const tinySquare = nothingOfSquares();
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = settled(v128.load(gradient + at), tinyGradient);
    const newM = f32x4.add(
      f32x4.mul(v128.load(m + at), f32x4.splat(beta1)),
      f32x4.mul(g, f32x4.splat(rest1)),
    );
    const newV = f32x4.add(
      f32x4.mul(v128.load(v + at), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)),
    );
    const root = f32x4.add(f32x4.sqrt(newV), f32x4.splat(epsilon));
    const change = f32x4.div(f32x4.mul(newM, f32x4.splat(rate)), root);
    v128.store(m + at, settled(newM, tiny));
    v128.store(v + at, settledSquare(newV, tinySquare));
    v128.store(weight + at, f32x4.sub(v128.load(weight + at), change));
  }
}

/** A step of RMSProp in place, over `bytes` of each, a multiple of 16. */
export function applyRMSProp(
  weight: usize,
  rms: usize,
  mom: usize,
  gradient: usize,
  bytes: usize,
  learningRate: f32,
  decay: f32,
  rest: f32,
  momentum: f32,
  epsilon: f32,
): void {
  const tiny = nothing();
  const tinyGradient = nothingToSquare();
  const tinySquare = nothingOfSquares();
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = settled(v128.load(gradient + at), tinyGradient);
    const newRMS = f32x4.add(
      f32x4.mul(v128.load(rms + at), f32x4.splat(decay)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest)),
    );
    const root = f32x4.sqrt(f32x4.add(newRMS, f32x4.splat(epsilon)));
    const newMom = f32x4.add(
      f32x4.mul(v128.load(mom + at), f32x4.splat(momentum)),
      f32x4.div(f32x4.mul(g, f32x4.splat(learningRate)), root),
    );
    v128.store(rms + at, settledSquare(newRMS, tinySquare));
    v128.store(mom + at, settled(newMom, tiny));
    v128.store(weight + at, f32x4.sub(v128.load(weight + at), newMom));
  }
}
