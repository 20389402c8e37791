import { nothing, settled } from './activation';
import { offsetOf, Part, upToFour } from './part';

/**
 * Copies `size` numbers from a row-major row into a row of panels, and zeros into the rest of the last one.
 * What others give is settled as what is computed here: their numbers die out as well, such as the end of a
 * sound.
 */
export function toPanels(row: usize, size: i32, panel: usize, stride: usize): void {
  const tiny = nothing();
  let left = size;
  for (; left >= 8; left -= 8) {
    v128.store(panel, settled(v128.load(row), tiny));
    v128.store(panel, settled(v128.load(row, 16), tiny), 16);
    row += 32;
    panel += stride;
  }
  if (left == 0) return;
  v128.store(panel, f32x4.splat(0));
  v128.store(panel, f32x4.splat(0), 16);
  copyRest(row, panel, left);
  v128.store(panel, settled(v128.load(panel), tiny));
  v128.store(panel, settled(v128.load(panel, 16), tiny), 16);
}

/** Copies fewer than 8 numbers. */
// @ts-ignore: decorator
@inline
function copyRest(from: usize, to: usize, left: i32): void {
  if (left & 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  if (left & 2) {
    store<u64>(to, load<u64>(from));
    from += 8;
    to += 8;
  }
  if (left & 1) store<f32>(to, load<f32>(from));
}

/** The other way round, without the padding. */
export function fromPanels(panel: usize, stride: usize, row: usize, size: i32): void {
  let left = size;
  for (; left >= 8; left -= 8) {
    v128.store(row, v128.load(panel));
    v128.store(row, v128.load(panel, 16), 16);
    row += 32;
    panel += stride;
  }
  copyRest(panel, row, left);
}

export function zeroPanels(panel: usize, stride: usize, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    v128.store(panel, f32x4.splat(0));
    v128.store(panel, f32x4.splat(0), 16);
    panel += stride;
  }
}

/** Address of a row and step, as they are walked, of row-major data over time. */
// @ts-ignore: decorator
@inline
function placeOf(part: Part, row: i32, step: i32, batchStride: i32, timeStride: i32): usize {
  const time = part.reverse ? load<i32>(part.lengths + (<usize>row << 2)) - 1 - step : step;
  const b = load<i32>(part.order + (<usize>row << 2));
  return (<usize>b * <usize>batchStride + <usize>time * <usize>timeStride) << 2;
}

// @ts-ignore: decorator
@inline
function lengthOf(part: Part, row: i32): i32 {
  return row < part.rows ? load<i32>(part.lengths + (<usize>row << 2)) : 0;
}

/** The thread's rows of the data, with zeros for padding; nothing where they stand in panels already. */
export function packInputs(part: Part): void {
  if (part.inputs == 0) return;
  for (let row = 0; row < part.height; row++) {
    const length = lengthOf(part, row);
    for (let step = 0; step < part.steps; step++) {
      const to = part.x + ((<usize>step * <usize>part.height + <usize>row) << 5);
      if (step < length) {
        const from = part.inputs + placeOf(part, row, step, part.batchStride, part.timeStride);
        toPanels(from, part.inputSize, to, part.stride);
      } else zeroPanels(to, part.stride, part.inputPanels);
    }
  }
}

/** The thread's rows of a row-major `[batch, units]`, zeros where there is none. */
export function packRows(part: Part, source: usize, to: usize, stride: usize, from: i32, end: i32): void {
  for (let row = from; row < end; row++) {
    const panel = to + (<usize>row << 5);
    if (source == 0 || row >= part.rows) zeroPanels(panel, stride, part.unitPanels);
    else {
      const b = load<i32>(part.order + (<usize>row << 2));
      toPanels(source + ((<usize>b * <usize>part.units) << 2), part.units, panel, stride);
    }
  }
}

/** Outputs, from the state after each step, and zeros past a row's length. */
export function unpackOutputs(part: Part): void {
  for (let row = 0; row < part.rows; row++) {
    const length = lengthOf(part, row);
    const b = load<i32>(part.order + (<usize>row << 2));
    for (let time = 0; time < part.steps; time++) {
      const place = <usize>b * <usize>part.outputBatchStride + <usize>time * <usize>part.outputTimeStride;
      const to = part.outputs + (place << 2);
      if (time >= length) memory.fill(to, 0, <usize>part.units << 2);
      else {
        const step = part.reverse ? length - 1 - time : time;
        const from = part.h + ((<usize>(step + 1) * <usize>part.height + <usize>row) << 5);
        fromPanels(from, part.stateStride, to, part.units);
      }
    }
  }
}

/** The state after each row's last step, of h or c. */
export function unpackFinal(part: Part, state: usize, to: usize): void {
  for (let row = 0; row < part.rows; row++) {
    const length = lengthOf(part, row);
    const b = load<i32>(part.order + (<usize>row << 2));
    const from = state + ((<usize>length * <usize>part.height + <usize>row) << 5);
    fromPanels(from, part.stateStride, to + ((<usize>b * <usize>part.units) << 2), part.units);
  }
}

/** Gradient by an initial state: what came back to the first step, or for rows of length 0 what came from above. */
export function unpackInitialGradient(part: Part, state: usize, dFinal: usize, to: usize): void {
  const size = <usize>part.units << 2;
  for (let row = 0; row < part.rows; row++) {
    const b = load<i32>(part.order + (<usize>row << 2));
    const place = <usize>b * size;
    if (lengthOf(part, row) > 0) {
      fromPanels(state + (<usize>row << 5), part.rowStride, to + place, part.units);
    } else if (dFinal == 0) memory.fill(to + place, 0, size);
    else memory.copy(to + place, dFinal + place, size);
  }
}

/** Gradient by the data, from panels in `part.dx`; zeros past each row's length. */
export function unpackInputGradient(part: Part): void {
  for (let row = 0; row < part.rows; row++) {
    const b = load<i32>(part.order + (<usize>row << 2));
    const length = lengthOf(part, row);
    for (let step = 0; step < length; step++) {
      const to = part.dInputs + placeOf(part, row, step, part.batchStride, part.timeStride);
      const from = part.dx + ((<usize>step * <usize>part.height + <usize>row) << 5);
      fromPanels(from, part.stride, to, part.inputSize);
    }
    for (let time = length; time < part.steps; time++) {
      const place = <usize>b * <usize>part.batchStride + <usize>time * <usize>part.timeStride;
      memory.fill(part.dInputs + (place << 2), 0, <usize>part.inputSize << 2);
    }
  }
}

/** Adds the upstream gradient of a step's outputs to the panels of `part.dh`. */
export function addOutputGradient(part: Part, step: i32, alive: i32): void {
  if (part.dOutputPanels != 0) addOutputPanels(part, step, alive);
  if (part.dOutputs == 0) return;
  for (let row = 0; row < alive; row++) {
    let from = part.dOutputs + placeOf(part, row, step, part.outputBatchStride, part.outputTimeStride);
    let to = part.dh + (<usize>row << 5);
    let left = part.units;
    for (; left >= 8; left -= 8) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16);
      from += 32;
      to += part.rowStride;
    }
    for (let i: usize = 0; <i32>i < left; i++) {
      store<f32>(to + (i << 2), load<f32>(to + (i << 2)) + load<f32>(from + (i << 2)));
    }
  }
}

/** The same of a gradient that stands in panels, as the layer above has left it. */
function addOutputPanels(part: Part, step: i32, alive: i32): void {
  const end = <usize>alive << 5;
  for (let p = 0; p < part.unitPanels; p++) {
    const from = part.dOutputPanels + <usize>p * part.dOutputStride + offsetOf(part, step);
    const to = part.dh + <usize>p * part.rowStride;
    for (let at: usize = 0; at < end; at += 32) {
      const a = f32x4.add(v128.load(to + at), v128.load(from + at));
      const b = f32x4.add(v128.load(to + at, 16), v128.load(from + at, 16));
      v128.store(to + at, a);
      v128.store(to + at, b, 16);
    }
  }
}

/** Zeros rows `from` to the next multiple of 4 of a step of gates. */
export function zeroDeadGates(part: Part, step: i32, alive: i32, panels: i32): void {
  for (let row = alive; row < upToFour(alive); row++) {
    const at = (<usize>step * <usize>part.height + <usize>row) << 5;
    zeroPanels(part.gates + at, part.stride, panels);
  }
}
