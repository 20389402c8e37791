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
    for (let at: usize = 0; at < end; at += 16) {
      const rh = f32x4.mul(v128.load(r + at), v128.load(h + at));
      v128.store(reset + at, settled(rh, tiny));
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
    for (let at: usize = 0; at < end; at += 16) {
      const vc = v128.load(c + at);
      const kept = f32x4.mul(v128.load(u + at), f32x4.sub(v128.load(h + at), vc));
      v128.store(next + at, settled(f32x4.add(vc, kept), tiny));
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
    for (let at: usize = 0; at < end; at += 16) {
      const vu = v128.load(u + at);
      const vc = v128.load(c + at);
      const vdh = v128.load(dh + at);
      const away = f32x4.sub(unit, vu);
      const slope = tanhSlope(vc, unit);
      const change = f32x4.sub(v128.load(h + at), vc);
      const dzc = f32x4.mul(f32x4.mul(vdh, away), slope);
      const dzu = f32x4.mul(f32x4.mul(vdh, change), f32x4.mul(vu, away));
      v128.store(c + at, settled(dzc, tiny));
      v128.store(u + at, settled(dzu, tiny));
      v128.store(dh + at, settled(f32x4.mul(vdh, vu), tiny));
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
    for (let at: usize = 0; at < end; at += 16) {
      const vr = v128.load(r + at);
      const vt = v128.load(through + at);
      const slope = f32x4.mul(vr, f32x4.sub(unit, vr));
      const dzr = f32x4.mul(f32x4.mul(vt, v128.load(h + at)), slope);
      v128.store(r + at, settled(dzr, tiny));
      v128.store(dh + at, f32x4.add(v128.load(dh + at), f32x4.mul(vt, vr)));
    }
  }
}
