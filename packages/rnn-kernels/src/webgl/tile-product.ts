import type { StepProgram } from './draw.js';
import { type Pass, type Region, wholeOf } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';
import { stepCode } from './step-code.js';

/**
 * The gradient by the state through the gates, `d · Wᵀ`, with d the first `gates` quantities of a band. A
 * texel is four rows by four units in four planes, a quarter of the units wide: sixteen products for two
 * fetches, of which a single output would need four.
 */
export function tileProduct({ units }: SequenceShape, gates: number): StepProgram {
  return {
    reads: ['later', 'weights'],
    writes: 4,
    constants: { UNITS: units, QUADS: Math.ceil(units / 4), GATES: gates },
    code: `${stepCode}
      void main() {
        ivec3 at = place();
        vec4 a = vec4(0.0), b = a, c = a, e = a;
        for (int gate = 0; gate < GATES; gate++) {
          ivec2 dAt = laterAt + ivec2(0, gate * groups + at.y);
          ivec2 wAt = ivec2(gate * QUADS + at.x, 0);
          for (; wAt.y < UNITS; wAt.y++, dAt.x++) {
            vec4 d = texelFetch(later, dAt, 0);
            vec4 w = texelFetch(weights, wAt, 0);
            a += d * w.x;
            b += d * w.y;
            c += d * w.z;
            e += d * w.w;
          }
        }
        output0 = a; output1 = b; output2 = c; output3 = e;
      }`,
  };
}

/** The names of the four planes of {@link tileProduct}, for those who read them. */
export const stateGradientReads = ['unit0', 'unit1', 'unit2', 'unit3'] as const;

/** New planes for {@link tileProduct} to write. */
export function tilePlanes(
  pass: Pass,
  { units, groups }: SequenceShape,
): Readonly<Record<(typeof stateGradientReads)[number], Region>> {
  const tile = () => wholeOf(pass.plane(Math.ceil(units / 4), groups));
  return { unit0: tile(), unit1: tile(), unit2: tile(), unit3: tile() };
}

export const stateGradientCode = `
  vec4 stateGradient(int unit, int group) {
    int quad = unit / 4;
    int i = unit - 4 * quad;
    ivec2 texel = ivec2(quad, group);
    if (i == 0) return texelFetch(unit0, texel, 0);
    if (i == 1) return texelFetch(unit1, texel, 0);
    if (i == 2) return texelFetch(unit2, texel, 0);
    return texelFetch(unit3, texel, 0);
  }`;
