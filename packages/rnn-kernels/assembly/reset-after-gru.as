import { applySigmoid, nothing, one, settled } from './activation';
import { inputGradientStep } from './basic-rnn';
import { gruUpdate, gruUpdateBack } from './gru';
import {
  addOutputGradient,
  packInputs,
  packRows,
  unpackFinal,
  unpackInitialGradient,
  zeroDeadGates,
} from './layout';
import { aliveAt, offsetOf, Part, upToFour } from './part';
import { madd } from './madd';
import { product } from './product';
import { addWeightGradient, enoughRows } from './weight-gradient';

/*
 * `[r, u] = σ([x, h] · gatesKernel + bias)`, `q = h · hiddenKernel + bias`,
 * `c = tanh(x · inputKernel + bias + r q)`, `h' = u h + (1 - u) c`. The gates are r, u, c, q: q stands last,
 * since the gradient by the data knows nothing of it.
 */

/** The list of [x, h] from h on. */
// @ts-ignore: decorator
@inline
function stateList(part: Part): usize {
  return part.joined + ((<usize>part.inputPanels) << 3);
}

export function resetAfterGRUForward(part: Part): void {
  packInputs(part);
  packRows(part, part.initialH, part.h, part.stateStride, 0, part.height);
  const units = part.unitPanels;
  const depth = part.inputPanels + units;
  const candidate = part.gates + 2 * <usize>units * part.stride;
  const hidden = candidate + <usize>units * part.stride;
  for (let n = 0; n < part.steps; n++) {
    const rows = upToFour(aliveAt(part, n));
    if (rows == 0) break;
    const now = offsetOf(part, n);
    product(
      part.joined,
      depth,
      now,
      part.weights,
      part.gates + now,
      part.stride,
      rows,
      2 * units,
      part.bias,
    );
    product(
      part.joined,
      part.inputPanels,
      now,
      part.candidateWeights,
      candidate + now,
      part.stride,
      rows,
      units,
      part.candidateBias,
    );
    product(
      stateList(part),
      units,
      now,
      part.hiddenWeights,
      hidden + now,
      part.stride,
      rows,
      units,
      part.hiddenBias,
    );
    addReset(part, n, rows);
    gruUpdate(part, n, rows);
  }
  unpackFinal(part, part.h, part.finalH);
}

/** Activates r; the candidate's pre-activation gains `r ∘ q`. */
function addReset(part: Part, n: i32, rows: i32): void {
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const r = part.gates + <usize>p * part.stride + now;
    const c = r + 2 * gate;
    const q = c + gate;
    applySigmoid(r, r, end, 0);
    for (let at: usize = 0; at < end; at += 32) {
      const zA = madd(v128.load(r + at), v128.load(q + at), v128.load(c + at));
      const zB = madd(v128.load(r + at, 16), v128.load(q + at, 16), v128.load(c + at, 16));
      v128.store(c + at, zA);
      v128.store(c + at, zB, 16);
    }
  }
}

export function resetAfterGRUBackward(part: Part): void {
  const units = part.unitPanels;
  const gate = <usize>units * part.stride;
  let known = 0;
  let end = part.steps;
  for (let n = part.steps - 1; n >= 0; n--) {
    const alive = aliveAt(part, n);
    if (alive == 0) continue;
    const rows = upToFour(alive);
    const now = offsetOf(part, n);
    packRows(part, part.dFinalH, part.dh, part.rowStride, known, alive);
    known = alive;
    addOutputGradient(part, n, alive);
    gruUpdateBack(part, n, rows);
    addResetBack(part, n, rows);
    zeroDeadGates(part, n, alive, 4 * units);
    product(
      part.gateList,
      2 * units,
      now,
      part.transposed,
      part.dh,
      part.rowStride,
      rows,
      units,
      0,
    );
    product(
      part.gateList + ((3 * <usize>units) << 3),
      units,
      now,
      part.hiddenTransposed,
      part.dh,
      part.rowStride,
      rows,
      units,
      0,
    );
    if (part.dx != 0) inputGradientStep(part, n, rows, 3 * units);
    if (enoughRows(part, n, end)) {
      weightGradients(part, n, end, gate);
      end = n;
    }
  }
  unpackInitialGradient(part, part.dh, part.dFinalH, part.dInitialH);
}

function weightGradients(part: Part, n: i32, end: i32, gate: usize): void {
  const units = part.unitPanels;
  const inputs = part.inputPanels;
  const candidate = part.gates + 2 * gate;
  const dCandidateBias = part.dBias + ((2 * <usize>units) << 5);
  const dHiddenBias = dCandidateBias + ((<usize>units) << 5);
  addWeightGradient(
    part,
    n,
    end,
    part.joined,
    inputs + units,
    part.gates,
    2 * units,
    part.dWeights,
    part.dBias,
  );
  addWeightGradient(
    part,
    n,
    end,
    part.joined,
    inputs,
    candidate,
    units,
    part.dCandidateWeights,
    dCandidateBias,
  );
  addWeightGradient(
    part,
    n,
    end,
    stateList(part),
    units,
    candidate + gate,
    units,
    part.dHiddenWeights,
    dHiddenBias,
  );
}

/** Gradients by the pre-activation of r and by q, from that by the candidate's. */
function addResetBack(part: Part, n: i32, rows: i32): void {
  const unit = one();
  const tiny = nothing();
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const r = part.gates + <usize>p * part.stride + now;
    const c = r + 2 * gate;
    const q = c + gate;
    for (let at: usize = 0; at < end; at += 32) {
      const rA = v128.load(r + at);
      const rB = v128.load(r + at, 16);
      const dzcA = v128.load(c + at);
      const dzcB = v128.load(c + at, 16);
      const slopeA = f32x4.mul(rA, f32x4.sub(unit, rA));
      const slopeB = f32x4.mul(rB, f32x4.sub(unit, rB));
      const dzrA = f32x4.mul(f32x4.mul(dzcA, v128.load(q + at)), slopeA);
      const dzrB = f32x4.mul(f32x4.mul(dzcB, v128.load(q + at, 16)), slopeB);
      v128.store(r + at, settled(dzrA, tiny));
      v128.store(r + at, settled(dzrB, tiny), 16);
      v128.store(q + at, settled(f32x4.mul(dzcA, rA), tiny));
      v128.store(q + at, settled(f32x4.mul(dzcB, rB), tiny), 16);
    }
  }
}
