import type { TensorInfo } from '@tensorflow/tfjs-core';
import { toPlane } from './convert.js';
import type { Pass, Plane } from './pass.js';

export interface Matrix {
  /** `[..., gates * units]` */
  readonly tensor: TensorInfo;
  /** The first of the `units` rows that the state is multiplied by. */
  readonly firstRow: number;
  readonly units: number;
  readonly gates: number;
}

/**
 * How a matrix is laid out for the product that reads it; W is the matrix, g a gate, u a column of a gate.
 * A product `h · W` goes over k, the rows; a product `d · Wᵀ` over k, the columns of a gate.
 */
const layouts = {
  /** Texel (u, k) has W[k, u] of up to four gates. */
  gates: { across: 'units', down: 'units', row: 'y', column: 'x', gate: 'i' },
  /** Texel (u, k) has W[u, k] of up to four gates. */
  gatesTransposed: { across: 'units', down: 'units', row: 'x', column: 'y', gate: 'i' },
  /** Texel (u, k / 4) has W[k, u] of four k, of one gate. */
  depth: { across: 'units', down: 'quads', row: '4 * y + i', column: 'x', gate: '0' },
  /** Texel (u, k / 4) has W[u, k] of four k, of one gate. */
  depthTransposed: { across: 'units', down: 'quads', row: 'x', column: '4 * y + i', gate: '0' },
  /** Texel (u / 4, k), further to the right for the next gate, has W[u, k] of four u. */
  quadsTransposed: {
    across: 'gates',
    down: 'units',
    row: '4 * (x % quads) + i',
    column: 'y',
    gate: 'x / quads',
  },
} as const;

/** A matrix as a plane. */
export function weightsPlane(
  pass: Pass,
  { tensor, firstRow, units, gates }: Matrix,
  layout: keyof typeof layouts,
): Plane {
  const { across, down, row, column, gate } = layouts[layout];
  const quads = Math.ceil(units / 4);
  const sizes = { units, quads, gates: gates * quads };
  return toPlane(pass, {
    tensors: { matrix: tensor },
    planes: {},
    sizes: { firstRow, units, gates, quads },
    width: sizes[across],
    height: sizes[down],
    code: `
      float number(ivec2 texel, int i) {
        int x = texel.x;
        int y = texel.y;
        int row = ${row};
        int column = ${column};
        int gate = ${gate};
        bool inside = row < units && column < units && gate < gates;
        return inside ? matrix(firstRow + row, gate * units + column) : 0.0;
      }`,
  });
}
