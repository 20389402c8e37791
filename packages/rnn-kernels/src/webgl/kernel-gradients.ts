import { Reshape, type TensorInfo } from '@tensorflow/tfjs-core';
import { bandsCode, bandSizes } from './bands.js';
import type { BackwardContext } from './cell.js';
import { toTensor } from './convert.js';
import { type Plane, wholeOf } from './pass.js';
import { joinedBands } from './walk.js';

export interface KernelGradientsOptions {
  /** Which of a gradient band's quantities. */
  readonly quantities: readonly number[];
  /** The quantity of the states that the state is multiplied by before the kernel, if any. */
  readonly reset?: number;
}

/** Gradients by kernels, a row for each input and unit, and by biases, one row below. */
export interface KernelGradients {
  /** Rows `row` to `row + rows` of some of the gates, as a matrix. */
  kernel(part: {
    readonly row: number;
    readonly rows: number;
    readonly gate: number;
    readonly gates: number;
  }): TensorInfo;
  /** The row of the biases of some of the gates, as a vector. */
  bias(part: { readonly gate: number; readonly gates: number }): TensorInfo;
}

/**
 * One product over all steps, `[inputs, state, 1]ᵀ · d`. A texel is four rows by four units in four planes:
 * 64 products for eight fetches, twice as many as TensorFlow.js's own product has.
 */
export function kernelGradients(
  context: BackwardContext,
  { quantities, ...rest }: KernelGradientsOptions,
): KernelGradients {
  const { pass, draw, shape, tensors, lengths, states, gradients } = context;
  const joined = joinedBands(pass, shape, lengths, {
    inputs: tensors['inputs']!,
    states,
    ...rest,
  });
  const quads = Math.ceil(shape.units / 4);
  const rows = shape.inputSize + shape.units + 1;
  const plane = () => pass.plane(quantities.length * quads, Math.ceil(rows / 4));
  const planes = { row0: plane(), row1: plane(), row2: plane(), row3: plane() };
  draw(
    {
      reads: ['joined', 'even', 'odd'],
      writes: 4,
      sizes: ['time', 'quads', 'joinedColumns', 'joinedWidth', ...bandSizeNames],
      code: productCode(quantities),
    },
    {
      from: {
        joined: wholeOf(joined.plane),
        even: wholeOf(gradients.planes[0]),
        odd: wholeOf(gradients.planes[1]),
      },
      to: Object.values(planes).map(wholeOf),
      step: 0,
      sizes: {
        ...bandSizes(gradients.layout),
        time: shape.time,
        quads,
        joinedColumns: joined.layout.columns,
        joinedWidth: joined.layout.units,
      },
    },
  );
  const part = (row: number, size: number, gate: number, gates: number) =>
    partTensor(context, { planes, row, rows: size, gate, columns: gates * shape.units });
  return {
    kernel: ({ row, rows: size, gate, gates }) => part(row, size, gate, gates),
    bias({ gate, gates }) {
      const x = part(rows - 1, 1, gate, gates);
      return pass.kernel(Reshape, { x }, { shape: [gates * shape.units] });
    },
  };
}

const bandSizeNames = ['bandColumns', 'bandWidth', 'bandHeight'];

/** Beyond the last row and unit it computes what nobody reads. */
function productCode(quantities: readonly number[]): string {
  const choice = quantities.map((quantity, gate) => `gate == ${gate} ? ${quantity} : `);
  return `
    ${bandsCode}
    vec4 sum0, sum1, sum2, sum3;
    vec4 dots(vec4 row, vec4 d0, vec4 d1, vec4 d2, vec4 d3) {
      return vec4(dot(row, d0), dot(row, d1), dot(row, d2), dot(row, d3));
    }
    void add(sampler2D by, ivec2 left, ivec2 right) {
      for (int group = 0; group < groups; group++) {
        vec4 d0 = texelFetch(by, right, 0);
        vec4 d1 = texelFetch(by, right + ivec2(1, 0), 0);
        vec4 d2 = texelFetch(by, right + ivec2(2, 0), 0);
        vec4 d3 = texelFetch(by, right + ivec2(3, 0), 0);
        sum0 += dots(texelFetch(joined, left, 0), d0, d1, d2, d3);
        sum1 += dots(texelFetch(joined, left + ivec2(1, 0), 0), d0, d1, d2, d3);
        sum2 += dots(texelFetch(joined, left + ivec2(2, 0), 0), d0, d1, d2, d3);
        sum3 += dots(texelFetch(joined, left + ivec2(3, 0), 0), d0, d1, d2, d3);
        left.y++;
        right.y++;
      }
    }
    void main() {
      ivec2 texel = ivec2(gl_FragCoord.xy);
      int gate = texel.x / quads;
      int quantity = ${choice.join('')} 0;
      sum0 = sum1 = sum2 = sum3 = vec4(0.0);
      ivec2 place = ivec2(4 * (texel.x - gate * quads), quantity * groups);
      for (int t = 0; t < time; t++) {
        ivec2 left = ivec2((t % joinedColumns) * joinedWidth + 4 * texel.y, (t / joinedColumns) * groups);
        ivec2 right = bandAt((t + 1) / 2) + place;
        if (t % 2 == 0) add(odd, left, right);
        else add(even, left, right);
      }
      output0 = sum0;
      output1 = sum1;
      output2 = sum2;
      output3 = sum3;
    }`;
}

interface PartOptions {
  readonly planes: Readonly<Record<string, Plane>>;
  readonly row: number;
  readonly rows: number;
  readonly gate: number;
  readonly columns: number;
}

function partTensor(
  { pass, shape: { units } }: BackwardContext,
  { planes, row, rows, gate, columns }: PartOptions,
): TensorInfo {
  const choices = [0, 1, 2, 3].map(
    (i) => `if (from % 4 == ${i}) return texelFetch(row${i}, texel, 0)[unit % 4];`,
  );
  return toTensor(pass, {
    tensors: {},
    planes,
    sizes: { firstRow: row, firstGate: gate, units, quads: Math.ceil(units / 4) },
    shape: [rows, columns],
    code: `
      float number(int row, int column) {
        int from = row + firstRow;
        int gate = column / units;
        int unit = column - gate * units;
        ivec2 texel = ivec2((gate + firstGate) * quads + unit / 4, from / 4);
        ${choices.join('\n')}
        return 0.0;
      }`,
  });
}
