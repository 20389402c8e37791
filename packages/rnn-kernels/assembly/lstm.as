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
    for (let at: usize = 0; at < end; at += 16) {
      const kept = f32x4.mul(v128.load(f + at), v128.load(c + at));
      v128.store(nextC + at, settled(madd(v128.load(i + at), v128.load(j + at), kept), tiny));
    }
    applyTanh(nextC, tanhC, end);
    for (let at: usize = 0; at < end; at += 16) {
      const h = f32x4.mul(v128.load(o + at), v128.load(tanhC + at));
      v128.store(nextH + at, settled(h, tiny));
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
    for (let at: usize = 0; at < end; at += 16) {
      const vi = v128.load(i + at);
      const vj = v128.load(j + at);
      const vf = v128.load(f + at);
      const vo = v128.load(o + at);
      const vt = v128.load(tanhC + at);
      const vdh = v128.load(dh + at);
      const vdo = f32x4.mul(vdh, vt);
      const vdc = f32x4.add(
        v128.load(dc + at),
        f32x4.mul(f32x4.mul(vdh, vo), tanhSlope(vt, unit)),
      );
      const dzo = f32x4.mul(vdo, f32x4.mul(vo, f32x4.sub(unit, vo)));
      const dzi = f32x4.mul(f32x4.mul(vdc, vj), f32x4.mul(vi, f32x4.sub(unit, vi)));
      const dzj = f32x4.mul(f32x4.mul(vdc, vi), tanhSlope(vj, unit));
      const dvf = f32x4.mul(vdc, v128.load(c + at));
      const dzf = f32x4.mul(dvf, f32x4.mul(vf, f32x4.sub(unit, vf)));
      v128.store(o + at, settled(dzo, tiny));
      v128.store(i + at, settled(dzi, tiny));
      v128.store(j + at, settled(dzj, tiny));
      v128.store(f + at, settled(dzf, tiny));
      v128.store(dc + at, settled(f32x4.mul(vdc, vf), tiny));
    }
  }
}
