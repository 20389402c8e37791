import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type AlternatingBands, bandLayout, Bands, bandsCode, bandSizes } from './bands.js';
import { toPlane, toTensor } from './convert.js';
import type { Pass, Plane } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';

/** Where a row of inputs or outputs stands, and at which step of its walk. */
function walkCode({ timeMajor, reverse }: SequenceShape): string {
  return `
    int lengthOf(int row) {
      return int(texelFetch(lengths, ivec2(0, row / 4), 0)[row % 4]);
    }
    // Its own inverse: the step of a time, and the time of a step.
    int turned(int time, int length) {
      return ${reverse ? 'length - 1 - time' : 'time'};
    }
    void split(int place, out int row, out int time) {
      int outer = place / innerAxis;
      int inner = place - outer * innerAxis;
      row = ${timeMajor ? 'inner' : 'outer'};
      time = ${timeMajor ? 'outer' : 'inner'};
    }`;
}

function sizesOf({ axes, batch, inputSize, units, groups }: SequenceShape): Record<string, number> {
  return { innerAxis: axes[1], batch, inputSize, units, groups };
}

export interface ToBandsOptions {
  /** `[batch, time, quantities * units]`, or time-major; a scalar stands for zeros. */
  readonly source: TensorInfo;
  readonly quantities: number;
  /** Added at each row's last step, `[batch, units]`, or a scalar for zeros. */
  readonly last?: TensorInfo;
}

/** A tensor over the whole sequence as one band a step, with zeros past a row's length, whatever stands there. */
export function toBands(
  pass: Pass,
  shape: SequenceShape,
  lengths: Plane,
  { source, quantities, last }: ToBandsOptions,
): Bands {
  const layout = bandLayout(shape, quantities, shape.time);
  const { columns, width, height } = layout;
  const place = shape.timeMajor ? 'time, row' : 'row, time';
  const hasSource = source.shape.length > 0;
  const hasLast = last !== undefined && last.shape.length > 0;
  const plane = toPlane(pass, {
    tensors: { ...(hasSource ? { source } : {}), ...(hasLast ? { last } : {}) },
    planes: { lengths },
    sizes: { ...sizesOf(shape), columns, quantities },
    width,
    height,
    code: `
      ${walkCode(shape)}
      float number(ivec2 texel, int i) {
        int across = texel.x / units;
        int down = texel.y / (quantities * groups);
        int unit = texel.x - across * units;
        int below = texel.y - down * quantities * groups;
        int step = down * columns + across;
        int quantity = below / groups;
        int row = 4 * (below - quantity * groups) + i;
        if (row >= batch) return 0.0;
        int length = lengthOf(row);
        if (step >= length) return 0.0;
        int time = turned(step, length);
        float value = ${hasSource ? `source(${place}, quantity * units + unit)` : '0.0'};
        ${hasLast ? 'if (step == length - 1) value += last(row, unit);' : ''}
        return value;
      }`,
  });
  return new Bands(layout, plane);
}

/** Reads alternating bands. */
const quantityCode = `
  ${bandsCode}
  float quantityAt(int step, int quantity, int row, int unit) {
    ivec2 place = bandAt(step / 2) + ivec2(unit, quantity * groups + row / 4);
    return (step % 2 == 0 ? texelFetch(even, place, 0) : texelFetch(odd, place, 0))[row % 4];
  }`;

export interface FromBandsOptions {
  readonly bands: AlternatingBands;
  /** The quantities whose columns stand side by side. */
  readonly quantities: readonly number[];
  /** Whether the first two axes are one. */
  readonly flat: boolean;
}

/** What came of each step as a tensor over the whole sequence, with zeros past a row's length. */
export function fromBands(
  pass: Pass,
  shape: SequenceShape,
  lengths: Plane,
  { bands, quantities, flat }: FromBandsOptions,
): TensorInfo {
  const { axes, units } = shape;
  const columns = quantities.length * units;
  const choice = quantities.slice(1).map((q, i) => `if (group == ${i + 1}) quantity = ${q};`);
  return toTensor(pass, {
    tensors: {},
    planes: { lengths, even: bands.planes[0], odd: bands.planes[1] },
    sizes: { ...sizesOf(shape), ...bandSizes(bands.layout) },
    shape: flat ? [axes[0] * axes[1], columns] : [...axes, columns],
    code: `
      ${walkCode(shape)}
      ${quantityCode}
      float number(int place, int column) {
        int row, time;
        split(place, row, time);
        int length = lengthOf(row);
        if (time >= length) return 0.0;
        int group = column / units;
        int quantity = ${quantities[0]};
        ${choice.join('\n')}
        return quantityAt(turned(time, length) + 1, quantity, row, column - group * units);
      }`,
  });
}

export interface JoinedOptions {
  readonly inputs: TensorInfo;
  /** The states, of which quantity 0 is the output. */
  readonly states: AlternatingBands;
  /** The quantity, one step later, that the state is multiplied by, if any. */
  readonly reset?: number;
}

/** `[inputs, state before the step, 1]` as one band a step, with zeros past a row's length. */
export function joinedBands(
  pass: Pass,
  shape: SequenceShape,
  lengths: Plane,
  { inputs, states, reset }: JoinedOptions,
): Bands {
  const { groups, inputSize, units } = shape;
  const across = inputSize + units + 1;
  const layout = bandLayout({ units: across, groups }, 1, shape.time);
  const { columns, width, height } = layout;
  const place = shape.timeMajor ? 'time, row' : 'row, time';
  const factor = reset === undefined ? '' : `* quantityAt(step + 1, ${reset}, row, unit)`;
  const plane = toPlane(pass, {
    tensors: { x: inputs },
    planes: { lengths, even: states.planes[0], odd: states.planes[1] },
    sizes: { ...sizesOf(shape), ...bandSizes(states.layout), columns, joined: across },
    width,
    height,
    code: `
      ${walkCode(shape)}
      ${quantityCode}
      float number(ivec2 texel, int i) {
        int across = texel.x / joined;
        int down = texel.y / groups;
        int column = texel.x - across * joined;
        int step = down * columns + across;
        int row = 4 * (texel.y - down * groups) + i;
        if (row >= batch) return 0.0;
        int length = lengthOf(row);
        if (step >= length) return 0.0;
        int time = turned(step, length);
        if (column < inputSize) return x(${place}, column);
        int unit = column - inputSize;
        if (unit == units) return 1.0;
        return quantityAt(step, 0, row, unit) ${factor};
      }`,
  });
  return new Bands(layout, plane);
}
