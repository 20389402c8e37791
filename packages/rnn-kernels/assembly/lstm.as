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
import { madd } from './madd';
import { product } from './product';
import { addWeightGradient, enoughRows } from './weight-gradient';

/** `[i, j, f, o] = [x, h] · kernel + bias`, `c' = σ(f + forgetBias) c + σ(i) tanh(j)`, `h' = σ(o) tanh(c')` */
export function lstmForward(part: Part): void {
  packInputs(part);
  packRows(part, part.initialH, part.h, part.stateStride, 0, part.height);
  packRows(part, part.initialC, part.c, part.stateStride, 0, part.height);
  const depth = part.inputPanels + part.unitPanels;
  for (let n = 0; n < part.steps; n++) {
    const rows = upToFour(aliveAt(part, n));
    if (rows == 0) break;
    const offset = offsetOf(part, n);
    product(
      part.joined,
      depth,
      offset,
      part.weights,
      part.gates + offset,
      part.stride,
      rows,
      4 * part.unitPanels,
      part.bias,
    );
    lstmGates(part, n, rows);
  }
  unpackFinal(part, part.h, part.finalH);
  unpackFinal(part, part.c, part.finalC);
}

/** Activations first, each in a loop of its own, which the processor overlaps; then what they make. */
function lstmGates(part: Part, n: i32, rows: i32): void {
  const tiny = nothing();
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  const after = offsetOf(part, n + 1);
  for (let p = 0; p < part.unitPanels; p++) {
    const i = part.gates + <usize>p * part.stride + now;
    const j = i + gate;
    const f = j + gate;
    const o = f + gate;
    const state = <usize>p * part.stateStride;
    const c = part.c + state + now;
    const nextC = part.c + state + after;
    const nextH = part.h + state + after;
    const tanhC = part.extra + <usize>p * part.stride + now;
    applySigmoid(i, i, end, 0);
    applyTanh(j, j, end);
    applySigmoid(f, f, end, part.forgetBias);
    applySigmoid(o, o, end, 0);
    for (let at: usize = 0; at < end; at += 32) {
      const keptA = f32x4.mul(v128.load(f + at), v128.load(c + at));
      const keptB = f32x4.mul(v128.load(f + at, 16), v128.load(c + at, 16));
      const cA = madd(v128.load(i + at), v128.load(j + at), keptA);
      const cB = madd(v128.load(i + at, 16), v128.load(j + at, 16), keptB);
      v128.store(nextC + at, settled(cA, tiny));
      v128.store(nextC + at, settled(cB, tiny), 16);
    }
    applyTanh(nextC, tanhC, end);
    for (let at: usize = 0; at < end; at += 32) {
      const hA = f32x4.mul(v128.load(o + at), v128.load(tanhC + at));
      const hB = f32x4.mul(v128.load(o + at, 16), v128.load(tanhC + at, 16));
      v128.store(nextH + at, settled(hA, tiny));
      v128.store(nextH + at, settled(hB, tiny), 16);
    }
  }
}

export function lstmBackward(part: Part): void {
  const gatePanels = 4 * part.unitPanels;
  let known = 0;
  let end = part.steps;
  for (let n = part.steps - 1; n >= 0; n--) {
    const alive = aliveAt(part, n);
    if (alive == 0) continue;
    const rows = upToFour(alive);
    packRows(part, part.dFinalH, part.dh, part.rowStride, known, alive);
    packRows(part, part.dFinalC, part.dc, part.rowStride, known, alive);
    known = alive;
    addOutputGradient(part, n, alive);
    lstmGatesBack(part, n, rows);
    zeroDeadGates(part, n, alive, gatePanels);
    product(
      part.gateList,
      gatePanels,
      offsetOf(part, n),
      part.transposed,
      part.dh,
      part.rowStride,
      rows,
      part.unitPanels,
      part.zeros,
    );
    if (part.dx != 0) inputGradientStep(part, n, rows, gatePanels);
    if (enoughRows(part, n, end)) {
      addWeightGradient(
        part,
        n,
        end,
        part.joined,
        part.inputPanels + part.unitPanels,
        part.gates,
        gatePanels,
        part.dWeights,
        part.dBias,
      );
      end = n;
    }
  }
  unpackInitialGradient(part, part.dh, part.dFinalH, part.dInitialH);
  unpackInitialGradient(part, part.dc, part.dFinalC, part.dInitialC);
}

/** The gates become the gradients by what their activations were applied to. */
function lstmGatesBack(part: Part, n: i32, rows: i32): void {
  const unit = one();
  const tiny = nothing();
  const gate = <usize>part.unitPanels * part.stride;
  const end = (<usize>rows) << 5;
  const now = offsetOf(part, n);
  for (let p = 0; p < part.unitPanels; p++) {
    const i = part.gates + <usize>p * part.stride + now;
    const j = i + gate;
    const f = j + gate;
    const o = f + gate;
    const c = part.c + <usize>p * part.stateStride + now;
    const tanhC = part.extra + <usize>p * part.stride + now;
    const dh = part.dh + <usize>p * part.rowStride;
    const dc = part.dc + <usize>p * part.rowStride;
    for (let at: usize = 0; at < end; at += 32) {
      const iA = v128.load(i + at);
      const iB = v128.load(i + at, 16);
      const jA = v128.load(j + at);
      const jB = v128.load(j + at, 16);
      const fA = v128.load(f + at);
      const fB = v128.load(f + at, 16);
      const oA = v128.load(o + at);
      const oB = v128.load(o + at, 16);
      const tA = v128.load(tanhC + at);
      const tB = v128.load(tanhC + at, 16);
      const dhA = v128.load(dh + at);
      const dhB = v128.load(dh + at, 16);
      const cA = v128.load(c + at);
      const cB = v128.load(c + at, 16);
      const dcA = f32x4.add(v128.load(dc + at), f32x4.mul(f32x4.mul(dhA, oA), tanhSlope(tA, unit)));
      const dcB = f32x4.add(v128.load(dc + at, 16), f32x4.mul(f32x4.mul(dhB, oB), tanhSlope(tB, unit)));
      const dzoA = f32x4.mul(f32x4.mul(dhA, tA), f32x4.mul(oA, f32x4.sub(unit, oA)));
      const dzoB = f32x4.mul(f32x4.mul(dhB, tB), f32x4.mul(oB, f32x4.sub(unit, oB)));
      const dziA = f32x4.mul(f32x4.mul(dcA, jA), f32x4.mul(iA, f32x4.sub(unit, iA)));
      const dziB = f32x4.mul(f32x4.mul(dcB, jB), f32x4.mul(iB, f32x4.sub(unit, iB)));
      const dzjA = f32x4.mul(f32x4.mul(dcA, iA), tanhSlope(jA, unit));
      const dzjB = f32x4.mul(f32x4.mul(dcB, iB), tanhSlope(jB, unit));
      const dzfA = f32x4.mul(f32x4.mul(dcA, cA), f32x4.mul(fA, f32x4.sub(unit, fA)));
      const dzfB = f32x4.mul(f32x4.mul(dcB, cB), f32x4.mul(fB, f32x4.sub(unit, fB)));
      v128.store(o + at, settled(dzoA, tiny));
      v128.store(o + at, settled(dzoB, tiny), 16);
      v128.store(i + at, settled(dziA, tiny));
      v128.store(i + at, settled(dziB, tiny), 16);
      v128.store(j + at, settled(dzjA, tiny));
      v128.store(j + at, settled(dzjB, tiny), 16);
      v128.store(f + at, settled(dzfA, tiny));
      v128.store(f + at, settled(dzfB, tiny), 16);
      v128.store(dc + at, settled(f32x4.mul(dcA, fA), tiny));
      v128.store(dc + at, settled(f32x4.mul(dcB, fB), tiny), 16);
    }
  }
}
