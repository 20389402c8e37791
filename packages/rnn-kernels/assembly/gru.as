import { applySigmoid, applyTanh, nothing, one, settled, tanhSlope } from './activation';
import { inputGradientStep } from './basic-rnn';
import {
  addOutputGradient,
  packInputs,
  packRows,
  unpackFinal,
  unpackInitialGradient,
  zeroDeadGates,
} from './layout';
import { aliveAt, offsetOf, Part, upToFour } from './part';
import { product } from './product';
import { addWeightGradient, enoughRows } from './weight-gradient';

/** `[r, u] = σ([x, h] · gatesKernel + bias)`, `c = tanh([x, r h] · candidateKernel + bias)`, `h' = u h + (1 - u) c` */
export function gruForward(part: Part): void {
  packInputs(part);
  packRows(part, part.initialH, part.h, part.stateStride, 0, part.height);
  const depth = part.inputPanels + part.unitPanels;
  const candidate = part.gates + 2 * <usize>part.unitPanels * part.stride;
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
      2 * part.unitPanels,
      part.bias,
    );
    gruReset(part, n, rows);
    product(
      part.joinedReset,
      depth,
      now,
      part.candidateWeights,
      candidate + now,
      part.stride,
      rows,
      part.unitPanels,
      part.candidateBias,
    );
    gruUpdate(part, n, rows);
  }
  unpackFinal(part, part.h, part.finalH);
}

function gruReset(part: Part, n: i32, rows: i32): void {
  const tiny = nothing();
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const r = part.gates + <usize>p * part.stride + now;
    const h = part.h + <usize>p * part.stateStride + now;
    const reset = part.extra + <usize>p * part.stride + now;
    applySigmoid(r, r, end, 0);
    for (let at: usize = 0; at < end; at += 32) {
      const rhA = f32x4.mul(v128.load(r + at), v128.load(h + at));
      const rhB = f32x4.mul(v128.load(r + at, 16), v128.load(h + at, 16));
      v128.store(reset + at, settled(rhA, tiny));
      v128.store(reset + at, settled(rhB, tiny), 16);
    }
  }
}

/** Activates u and the candidate; the state after the step is their mix. */
export function gruUpdate(part: Part, n: i32, rows: i32): void {
  const tiny = nothing();
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const u = part.gates + gate + <usize>p * part.stride + now;
    const c = u + gate;
    const h = part.h + <usize>p * part.stateStride + now;
    const next = part.h + <usize>p * part.stateStride + offsetOf(part, n + 1);
    applySigmoid(u, u, end, 0);
    applyTanh(c, c, end);
    for (let at: usize = 0; at < end; at += 32) {
      const cA = v128.load(c + at);
      const cB = v128.load(c + at, 16);
      const keptA = f32x4.mul(v128.load(u + at), f32x4.sub(v128.load(h + at), cA));
      const keptB = f32x4.mul(v128.load(u + at, 16), f32x4.sub(v128.load(h + at, 16), cB));
      v128.store(next + at, settled(f32x4.add(cA, keptA), tiny));
      v128.store(next + at, settled(f32x4.add(cB, keptB), tiny), 16);
    }
  }
}

export function gruBackward(part: Part): void {
  const units = part.unitPanels;
  const depth = part.inputPanels + units;
  const gate = <usize>units * part.stride;
  let known = 0;
  let end = part.steps;
  for (let n = part.steps - 1; n >= 0; n--) {
    const alive = aliveAt(part, n);
    if (alive == 0) continue;
    const rows = upToFour(alive);
    packRows(part, part.dFinalH, part.dh, part.rowStride, known, alive);
    known = alive;
    addOutputGradient(part, n, alive);
    gruUpdateBack(part, n, rows);
    // The candidate's panels stand last in the list of the gates.
    product(
      part.gateList + ((2 * <usize>units) << 3),
      units,
      offsetOf(part, n),
      part.candidateTransposed,
      part.scratch,
      part.rowStride,
      rows,
      units,
      part.zeros,
    );
    gruResetBack(part, n, rows);
    zeroDeadGates(part, n, alive, 3 * units);
    product(
      part.gateList,
      2 * units,
      offsetOf(part, n),
      part.transposed,
      part.dh,
      part.rowStride,
      rows,
      units,
      0,
    );
    if (part.dx != 0) inputGradientStep(part, n, rows, 3 * units);
    if (enoughRows(part, n, end)) {
      addWeightGradient(part, n, end, part.joined, depth, part.gates, 2 * units, part.dWeights, part.dBias);
      addWeightGradient(
        part,
        n,
        end,
        part.joinedReset,
        depth,
        part.gates + 2 * gate,
        units,
        part.dCandidateWeights,
        part.dBias + ((2 * <usize>units) << 5),
      );
      end = n;
    }
  }
  unpackInitialGradient(part, part.dh, part.dFinalH, part.dInitialH);
}

/** Gradients by the pre-activations of u and the candidate; `dh` becomes `dh ∘ u`. */
export function gruUpdateBack(part: Part, n: i32, rows: i32): void {
  const unit = one();
  const tiny = nothing();
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const u = part.gates + gate + <usize>p * part.stride + now;
    const c = u + gate;
    const h = part.h + <usize>p * part.stateStride + now;
    const dh = part.dh + <usize>p * part.rowStride;
    for (let at: usize = 0; at < end; at += 32) {
      const uA = v128.load(u + at);
      const uB = v128.load(u + at, 16);
      const cA = v128.load(c + at);
      const cB = v128.load(c + at, 16);
      const dhA = v128.load(dh + at);
      const dhB = v128.load(dh + at, 16);
      const awayA = f32x4.sub(unit, uA);
      const awayB = f32x4.sub(unit, uB);
      const changeA = f32x4.sub(v128.load(h + at), cA);
      const changeB = f32x4.sub(v128.load(h + at, 16), cB);
      const dzcA = f32x4.mul(f32x4.mul(dhA, awayA), tanhSlope(cA, unit));
      const dzcB = f32x4.mul(f32x4.mul(dhB, awayB), tanhSlope(cB, unit));
      const dzuA = f32x4.mul(f32x4.mul(dhA, changeA), f32x4.mul(uA, awayA));
      const dzuB = f32x4.mul(f32x4.mul(dhB, changeB), f32x4.mul(uB, awayB));
      v128.store(c + at, settled(dzcA, tiny));
      v128.store(c + at, settled(dzcB, tiny), 16);
      v128.store(u + at, settled(dzuA, tiny));
      v128.store(u + at, settled(dzuB, tiny), 16);
      v128.store(dh + at, settled(f32x4.mul(dhA, uA), tiny));
      v128.store(dh + at, settled(f32x4.mul(dhB, uB), tiny), 16);
    }
  }
}

/** Gradient by the pre-activation of r; `dh` gains what came through `r ∘ h`. */
function gruResetBack(part: Part, n: i32, rows: i32): void {
  const unit = one();
  const tiny = nothing();
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const r = part.gates + <usize>p * part.stride + now;
    const h = part.h + <usize>p * part.stateStride + now;
    const dh = part.dh + <usize>p * part.rowStride;
    const through = part.scratch + <usize>p * part.rowStride;
    for (let at: usize = 0; at < end; at += 32) {
      const rA = v128.load(r + at);
      const rB = v128.load(r + at, 16);
      const tA = v128.load(through + at);
      const tB = v128.load(through + at, 16);
      const slopeA = f32x4.mul(rA, f32x4.sub(unit, rA));
      const slopeB = f32x4.mul(rB, f32x4.sub(unit, rB));
      const dzrA = f32x4.mul(f32x4.mul(tA, v128.load(h + at)), slopeA);
      const dzrB = f32x4.mul(f32x4.mul(tB, v128.load(h + at, 16)), slopeB);
      const backA = f32x4.add(v128.load(dh + at), f32x4.mul(tA, rA));
      const backB = f32x4.add(v128.load(dh + at, 16), f32x4.mul(tB, rB));
      v128.store(r + at, settled(dzrA, tiny));
      v128.store(r + at, settled(dzrB, tiny), 16);
      v128.store(dh + at, backA);
      v128.store(dh + at, backB, 16);
    }
  }
}
