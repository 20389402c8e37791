import type { StepProgram } from './draw.js';
import { candidateGradientCode } from './gru-programs.js';
import type { SequenceShape } from './sequence-shape.js';
import { lengthsCode, stepCode } from './step-code.js';
import { stateGradientCode, stateGradientReads } from './tile-product.js';

export interface ResetAfterGRUPrograms {
  readonly gates: StepProgram;
  readonly update: StepProgram;
  readonly backward: StepProgram;
}

const gatesCode = `${stepCode}
  void main() {
    ivec3 at = place();
    vec4 r = read(projected, projectedAt, 0, at.x, at.y);
    vec4 u = read(projected, projectedAt, 1, at.x, at.y);
    vec4 q = vec4(texelFetch(hiddenBias, ivec2(at.x, 0), 0).x);
    for (int k = 0; k < UNITS; k++) {
      vec4 h = read(before, beforeAt, 0, k, at.y);
      vec4 w = texelFetch(weights, ivec2(at.x, k), 0);
      r += h * w.x;
      u += h * w.y;
      q += h * w.z;
    }
    output0 = sigmoidOf(r);
    output1 = sigmoidOf(u);
    output2 = q;
  }`;

const updateCode = `${stepCode} ${lengthsCode}
  void main() {
    ivec3 at = place();
    vec4 r = texelFetch(reset, at.xy, 0);
    vec4 u = texelFetch(update, at.xy, 0);
    vec4 q = texelFetch(hidden, at.xy, 0);
    vec4 kept = read(before, beforeAt, 0, at.x, at.y);
    vec4 c = tanhOf(read(projected, projectedAt, 2, at.x, at.y) + r * q);
    if (at.z == 0) output0 = mix(kept, u * kept + (1.0 - u) * c, aliveAt(lengthsOf(at.y)));
    else output0 = at.z == 1 ? r : at.z == 2 ? u : q;
  }`;

const backwardCode = `${stepCode} ${lengthsCode} ${stateGradientCode} ${candidateGradientCode}
  void main() {
    ivec3 at = place();
    vec4 dh = stateGradient(at.x, at.y) + read(later, laterAt, 4, at.x, at.y);
    output0 = dh;
    // Before the first step stands the initial state, which nothing was done to.
    if (step < 0.0) return;
    dh += read(upstream, upstreamAt, 0, at.x, at.y);
    vec4 h = read(after, afterAt, 0, at.x, at.y);
    vec4 r = read(after, afterAt, 1, at.x, at.y);
    vec4 u = read(after, afterAt, 2, at.x, at.y);
    vec4 q = read(after, afterAt, 3, at.x, at.y);
    vec4 dc, du;
    candidateGradients(dh, read(before, beforeAt, 0, at.x, at.y), h, u, dc, du);
    vec4 d;
    if (at.z == 0) d = dc * q * r * (1.0 - r);
    else if (at.z == 1) d = du;
    else if (at.z == 2) d = dc * r;
    else if (at.z == 3) d = dc;
    else d = dh * u;
    output0 = mix(vec4(0.0), d, aliveAt(lengthsOf(at.y)));
  }`;

/**
 * With q the state's part of the candidate, before r: bands of states hold h, r, u, q; bands of gradients
 * hold those by r, u, q, the candidate, and by the state but for what goes through r, u and q.
 */
export function resetAfterGRUPrograms({ units }: SequenceShape): ResetAfterGRUPrograms {
  return {
    gates: {
      reads: ['before', 'projected', 'weights', 'hiddenBias'],
      writes: 3,
      constants: { UNITS: units },
      code: gatesCode,
    },
    update: {
      reads: ['reset', 'update', 'hidden', 'before', 'projected', 'lengths'],
      writes: 1,
      code: updateCode,
    },
    backward: {
      reads: [...stateGradientReads, 'later', 'after', 'before', 'upstream', 'lengths'],
      writes: 1,
      code: backwardCode,
    },
  };
}
