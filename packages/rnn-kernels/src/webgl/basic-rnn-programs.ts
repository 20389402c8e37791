import type { ActivationName } from '@unroll/rnn-cells';
import type { StepProgram } from './draw.js';
import type { SequenceShape } from './sequence-shape.js';
import { depthProductCode, lengthsCode, stepCode } from './step-code.js';

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
  { units }: SequenceShape,
  activation: ActivationName,
): BasicRNNPrograms {
  const constants = { UNITS: units };
  return {
    forward: {
      reads: ['before', 'projected', 'weights', 'lengths'],
      writes: 1,
      constants,
      code: `${stepCode} ${lengthsCode} ${depthProductCode('before')}
        void main() {
          ivec3 at = place();
          vec4 z = read(projected, projectedAt, 0, at.x, at.y) + depthProduct(at.x, at.y);
          vec4 kept = read(before, beforeAt, 0, at.x, at.y);
          output0 = mix(kept, ${activations[activation]}, aliveAt(lengthsOf(at.y)));
        }`,
    },
    backward: {
      reads: ['later', 'after', 'upstream', 'weights', 'lengths'],
      writes: 1,
      constants,
      code: `${stepCode} ${lengthsCode} ${depthProductCode('later')}
        void main() {
          ivec3 at = place();
          vec4 dh = depthProduct(at.x, at.y);
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
