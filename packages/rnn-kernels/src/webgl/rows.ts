import type { TensorInfo } from '@tensorflow/tfjs-core';
import { toPlane, toTensor } from './convert.js';
import type { Pass, Plane, Region } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';

/** The rows' lengths, a texel for four of them; 0 for rows that there are not. */
export function lengthsPlane(
  pass: Pass,
  { batch, time, groups, padded }: SequenceShape,
  sequenceLength: TensorInfo,
): Plane {
  const length = padded ? 'clamp(lengths(row), 0.0, float(time))' : 'float(time)';
  return toPlane(pass, {
    tensors: padded ? { lengths: sequenceLength } : {},
    planes: {},
    sizes: { batch, time },
    width: 1,
    height: groups,
    code: `
      float number(ivec2 texel, int i) {
        int row = 4 * texel.y + i;
        return row < batch ? ${length} : 0.0;
      }`,
  });
}

/**
 * States `[rows, units]` as quantities below each other, a texel for four rows of one unit. A scalar stands
 * for zeros.
 */
export function rowsPlane(
  pass: Pass,
  { units, groups }: SequenceShape,
  states: readonly TensorInfo[],
): Plane {
  const whole = [...states.entries()].filter(([, { shape }]) => shape.length > 0);
  const rows = whole[0]?.[1].shape[0] ?? 0;
  const choices = whole.map(([i]) => `if (quantity == ${i}) return state${i}(row, texel.x);`);
  return toPlane(pass, {
    tensors: Object.fromEntries(whole.map(([i, state]) => [`state${i}`, state])),
    planes: {},
    sizes: { groups, rows },
    width: units,
    height: states.length * groups,
    code: `
      float number(ivec2 texel, int i) {
        int quantity = texel.y / groups;
        int row = 4 * (texel.y - quantity * groups) + i;
        if (row >= rows) return 0.0;
        ${choices.join('\n')}
        return 0.0;
      }`,
  });
}

export interface RowsTensorOptions {
  readonly band: Region;
  readonly quantity: number;
  /** Added to the rows that have no step at all, if it is no scalar. */
  readonly untouched?: { readonly lengths: Plane; readonly tensor: TensorInfo };
}

/** One quantity of a band as a tensor `[batch, units]`. */
export function rowsTensor(
  pass: Pass,
  { batch, units, groups }: SequenceShape,
  { band: { plane, x, y }, quantity, untouched }: RowsTensorOptions,
): TensorInfo {
  const more = untouched === undefined || untouched.tensor.shape.length === 0 ? null : untouched;
  return toTensor(pass, {
    tensors: more === null ? {} : { more: more.tensor },
    planes: { source: plane, ...(more === null ? {} : { lengths: more.lengths }) },
    sizes: { x, y: y + quantity * groups },
    shape: [batch, units],
    code: `
      float number(int row, int column) {
        ivec2 texel = ivec2(x + column, y + row / 4);
        float value = texelFetch(source, texel, 0)[row % 4];
        ${more === null ? '' : 'if (texelFetch(lengths, ivec2(0, row / 4), 0)[row % 4] == 0.0) value += more(row, column);'}
        return value;
      }`,
  });
}
