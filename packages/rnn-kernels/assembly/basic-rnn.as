import { activate, differentiate, differentiateTanh, nothing, one, settled } from './activation';
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

/** `h[t] = act([x[t], h[t-1]] · kernel + bias)` */
export function basicRNNForward(part: Part): void {
  packInputs(part);
  packRows(part, part.initialH, part.h, part.stateStride, 0, part.height);
  const depth = part.inputPanels + part.unitPanels;
  for (let n = 0; n < part.steps; n++) {
    const rows = upToFour(aliveAt(part, n));
    if (rows == 0) break;
    const next = part.h + offsetOf(part, n + 1);
    product(
      part.joined,
      depth,
      offsetOf(part, n),
      part.weights,
      next,
      part.stateStride,
      rows,
      part.unitPanels,
      part.bias,
    );
    for (let p = 0; p < part.unitPanels; p++) {
      activate(part.activation, next + <usize>p * part.stateStride, (<usize>rows) << 5);
    }
  }
  unpackFinal(part, part.h, part.finalH);
}

/** Back through the steps: the gates hold the gradient by what the activation was applied to. */
export function basicRNNBackward(part: Part): void {
  let known = 0;
  let end = part.steps;
  for (let n = part.steps - 1; n >= 0; n--) {
    const alive = aliveAt(part, n);
    if (alive == 0) continue;
    const rows = upToFour(alive);
    packRows(part, part.dFinalH, part.dh, part.rowStride, known, alive > known ? alive : known);
    known = alive;
    addOutputGradient(part, n, alive);
    differentiateStep(part, n, rows);
    zeroDeadGates(part, n, alive, part.unitPanels);
    product(
      part.gateList,
      part.unitPanels,
      offsetOf(part, n),
      part.transposed,
      part.dh,
      part.rowStride,
      rows,
      part.unitPanels,
      part.zeros,
    );
    if (part.dx != 0) inputGradientStep(part, n, rows, part.unitPanels);
    if (enoughRows(part, n, end)) {
      addWeightGradient(
        part,
        n,
        end,
        part.joined,
        part.inputPanels + part.unitPanels,
        part.gates,
        part.unitPanels,
        part.dWeights,
        part.dBias,
      );
      end = n;
    }
  }
  unpackInitialGradient(part, part.dh, part.dFinalH, part.dInitialH);
}

function differentiateStep(part: Part, n: i32, rows: i32): void {
  const kind = part.activation;
  const unit = one();
  const tiny = nothing();
  for (let p = 0; p < part.unitPanels; p++) {
    const dh = part.dh + <usize>p * part.rowStride;
    const y = part.h + <usize>p * part.stateStride + offsetOf(part, n + 1);
    const z = part.gates + <usize>p * part.stride + offsetOf(part, n);
    const end = (<usize>rows) << 5;
    if (kind == 3) differentiateTanh(dh, y, z, end);
    else {
      for (let at: usize = 0; at < end; at += 16) {
        const dz = differentiate(kind, v128.load(dh + at), v128.load(y + at), unit);
        v128.store(z + at, settled(dz, tiny));
      }
    }
  }
}

/** The gradient by the data of one step: the gates' gradients times the transposed input rows of the weights. */
export function inputGradientStep(part: Part, n: i32, rows: i32, gatePanels: i32): void {
  const now = offsetOf(part, n);
  product(
    part.gateList,
    gatePanels,
    now,
    part.inputTransposed,
    part.dx + now,
    part.stride,
    rows,
    part.inputPanels,
    part.zeros,
  );
}
