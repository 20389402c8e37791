/**
 * A thread's rows of a batch in one pass, the longest sequence first, and where their numbers stand. All
 * matrices are in panels (see product.as). Those over time hold `height` rows for each step, in the order
 * in which steps are walked, so what follows does not know of reversal or of time-major data.
 */
@unmanaged
export class Part {
  /** Rows of the batch, and the next multiple of 4. */
  rows: i32;
  height: i32;
  steps: i32;
  inputPanels: i32;
  unitPanels: i32;
  inputSize: i32;
  units: i32;
  activation: i32;
  forgetBias: f32;
  /** Row-major data of the whole batch, 0 where panels hold it already; and how many numbers lie between its rows and its steps. */
  inputs: usize;
  batchStride: i32;
  timeStride: i32;
  outputs: usize;
  outputBatchStride: i32;
  outputTimeStride: i32;
  reverse: i32;
  /** For each row: its place in the batch, its length. For each step: how many rows it has. */
  order: usize;
  lengths: usize;
  alive: usize;
  /** Lists of panels (see product.as): of [x, h], of [x, r ∘ h], of the gates. */
  joined: usize;
  joinedReset: usize;
  gateList: usize;
  /** From one panel to the next of x and the gates, of h and c, of what has no time. */
  stride: usize;
  stateStride: usize;
  rowStride: usize;
  x: usize;
  h: usize;
  c: usize;
  /** tanh(c), or r ∘ h. */
  extra: usize;
  gates: usize;
  dh: usize;
  dc: usize;
  scratch: usize;
  /** Packed weights, their biases, and for the way back the packed transposes. */
  weights: usize;
  bias: usize;
  candidateWeights: usize;
  candidateBias: usize;
  hiddenWeights: usize;
  hiddenBias: usize;
  transposed: usize;
  candidateTransposed: usize;
  hiddenTransposed: usize;
  inputTransposed: usize;
  /** Row-major `[batch, units]`; 0 where there is none. */
  initialH: usize;
  initialC: usize;
  finalH: usize;
  finalC: usize;
  /** On the way back: upstream gradients, 0 for zeros, and results. */
  dOutputs: usize;
  /** The same in panels, over time as x. */
  dOutputPanels: usize;
  dOutputStride: usize;
  dFinalH: usize;
  dFinalC: usize;
  dInputs: usize;
  dInitialH: usize;
  dInitialC: usize;
  dWeights: usize;
  dCandidateWeights: usize;
  dHiddenWeights: usize;
  dBias: usize;
  /** Gradient by the data, over time as x; 0 where it is not wanted. */
  dx: usize;
  /** As many as the widest product has columns. */
  zeros: usize;
  /** Of all gradients by weights and biases, from `dWeights` on. */
  gradientBytes: usize;
}

/** Rows of a step, and the next multiple of 4. */
// @ts-ignore: decorator
@inline
export function aliveAt(part: Part, step: i32): i32 {
  return load<i32>(part.alive + (<usize>step << 2));
}

// @ts-ignore: decorator
@inline
export function upToFour(rows: i32): i32 {
  return (rows + 3) & ~3;
}

/** Where the rows of a step begin in a panel, in bytes. */
// @ts-ignore: decorator
@inline
export function offsetOf(part: Part, step: i32): usize {
  return (<usize>step * <usize>part.height) << 5;
}
