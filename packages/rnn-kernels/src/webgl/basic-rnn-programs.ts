import type { ActivationName } from '@unroll/rnn-cells';
import type { StepProgram } from './draw.js';
import type { SequenceShape } from './sequence-shape.js';
import { lengthsCode, stepCode } from './step-code.js';

const activations: Readonly<Record<ActivationName, string>> = {
  tanh: 'tanhOf(z)',
  sigmoid: 'sigmoidOf(z)',
  relu: 'mix(z, vec4(0.0), lessThan(z, vec4(0.0)))',
  linear: 'z',
};

/** The slope by the output h. */
const slopes: Readonly<Record<ActivationName, string>> = {
  tanh: '(1.0 - h * h)',
  sigmoid: '(h * (1.0 - h))',
  relu: 'mix(vec4(0.0), vec4(1.0), greaterThan(h, vec4(0.0)))',
  linear: '1.0',
};

/** Bands of states hold h; bands of gradients hold that by z, what the activation is of. */
export interface BasicRNNPrograms {
  readonly forward: StepProgram;
  readonly backward: StepProgram;
}

export function basicRNNPrograms(
  { units, groups }: SequenceShape,
  activation: ActivationName,
): BasicRNNPrograms {
  const constants = { UNITS: units, QUADS: Math.ceil(units / 4), GROUPS: groups };
  // The last four terms of a product may be less than four: what stands beyond the band is not its own.
  const product = (bands: string) => `
    vec4 product(int unit, int group) {
      vec4 sum = vec4(0.0);
      for (int quad = 0; quad < QUADS; quad++) {
        vec4 w = texelFetch(weights, ivec2(unit, quad), 0);
        int k = 4 * quad;
        sum += read(${bands}, ${bands}At, 0, k, group) * w.x;
        if (k + 1 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 1, group) * w.y;
        if (k + 2 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 2, group) * w.z;
        if (k + 3 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 3, group) * w.w;
      }
      return sum;
    }`;
  return {
    forward: {
      reads: ['before', 'projected', 'weights', 'lengths'],
      writes: 1,
      constants,
      code: `${stepCode} ${lengthsCode} ${product('before')}
        void main() {
          ivec3 at = place();
          vec4 z = read(projected, projectedAt, 0, at.x, at.y) + product(at.x, at.y);
          vec4 kept = read(before, beforeAt, 0, at.x, at.y);
          output0 = mix(kept, ${activations[activation]}, aliveAt(lengthsOf(at.y)));
        }`,
    },
    backward: {
      reads: ['later', 'after', 'upstream', 'weights', 'lengths'],
      writes: 1,
      constants,
      code: `${stepCode} ${lengthsCode} ${product('later')}
        void main() {
          ivec3 at = place();
          vec4 dh = product(at.x, at.y);
          output0 = dh;
          // Before the first step stands the initial state, which nothing was done to.
          if (step < 0.0) return;
          dh += read(upstream, upstreamAt, 0, at.x, at.y);
          vec4 h = read(after, afterAt, 0, at.x, at.y);
          output0 = mix(vec4(0.0), dh * ${slopes[activation]}, aliveAt(lengthsOf(at.y)));
        }`,
    },
  };
}
