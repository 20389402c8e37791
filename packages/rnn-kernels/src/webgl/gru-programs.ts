import type { StepProgram } from './draw.js';
import type { SequenceShape } from './sequence-shape.js';
import { depthProductCode, lengthsCode, stepCode } from './step-code.js';
import { stateGradientCode, stateGradientReads } from './tile-product.js';

export interface GRUPrograms {
  readonly gates: StepProgram;
  readonly update: StepProgram;
  readonly backwardState: StepProgram;
  readonly backwardReset: StepProgram;
}

/**
 * Gradients by the candidate and by u, before their activations. The candidate itself is not kept, for it
 * would be a second output of its product. What it added to the state is, m = (1 - u) c, and both need no
 * more: (1 - u)(1 - c²) = (1 - u) - m² / (1 - u), and (h[t-1] - c)(1 - u) = (1 - u) h[t-1] - m.
 */
export const candidateGradientCode = `
  void candidateGradients(vec4 dh, vec4 before, vec4 h, vec4 u, out vec4 dc, out vec4 du) {
    vec4 rest = 1.0 - u;
    vec4 added = h - u * before;
    vec4 bent = mix(added * added / rest, vec4(0.0), equal(rest, vec4(0.0)));
    dc = dh * (rest - bent);
    du = dh * u * (rest * before - added);
  }`;

const gatesCode = `${stepCode}
  void main() {
    ivec3 at = place();
    vec4 r = read(projected, projectedAt, 0, at.x, at.y);
    vec4 u = read(projected, projectedAt, 1, at.x, at.y);
    for (int k = 0; k < UNITS; k++) {
      vec4 h = read(before, beforeAt, 0, k, at.y);
      vec4 w = texelFetch(weights, ivec2(at.x, k), 0);
      r += h * w.x;
      u += h * w.y;
    }
    output0 = sigmoidOf(r);
    output1 = sigmoidOf(u);
    output2 = output0 * read(before, beforeAt, 0, at.x, at.y);
  }`;

const updateCode = `${stepCode} ${lengthsCode} ${depthProductCode('resetState')}
  void main() {
    ivec3 at = place();
    vec4 u = texelFetch(update, at.xy, 0);
    if (at.z == 1) output0 = texelFetch(reset, at.xy, 0);
    else if (at.z == 2) output0 = u;
    else {
      vec4 kept = read(before, beforeAt, 0, at.x, at.y);
      vec4 c = tanhOf(read(projected, projectedAt, 2, at.x, at.y) + depthProduct(at.x, at.y));
      output0 = mix(kept, u * kept + (1.0 - u) * c, aliveAt(lengthsOf(at.y)));
    }
  }`;

/** From the step after, through r and u: by the candidate, by u and by the state. */
const backwardStateCode = `${stepCode} ${lengthsCode} ${candidateGradientCode}
  void main() {
    ivec3 at = place();
    vec4 dh = read(later, laterAt, 3, at.x, at.y);
    for (int k = 0; k < UNITS; k++) {
      vec4 w = texelFetch(weights, ivec2(at.x, k), 0);
      dh += read(later, laterAt, 0, k, at.y) * w.x + read(later, laterAt, 1, k, at.y) * w.y;
    }
    output0 = output1 = vec4(0.0);
    output2 = dh;
    // Before the first step stands the initial state, which nothing was done to.
    if (step < 0.0) return;
    dh += read(upstream, upstreamAt, 0, at.x, at.y);
    vec4 h = read(after, afterAt, 0, at.x, at.y);
    vec4 u = read(after, afterAt, 2, at.x, at.y);
    vec4 dc, du;
    candidateGradients(dh, read(before, beforeAt, 0, at.x, at.y), h, u, dc, du);
    bvec4 alive = aliveAt(lengthsOf(at.y));
    output0 = mix(vec4(0.0), dc, alive);
    output1 = mix(vec4(0.0), du, alive);
    output2 = mix(vec4(0.0), dh, alive);
  }`;

/** Through the candidate: by r, u, the candidate, and by the state but for what goes through r and u. */
const backwardResetCode = `${stepCode} ${stateGradientCode}
  void main() {
    ivec3 at = place();
    vec4 dh = texelFetch(byState, at.xy, 0);
    if (step < 0.0) output0 = dh;
    else if (at.z == 1) output0 = texelFetch(byUpdate, at.xy, 0);
    else if (at.z == 2) output0 = texelFetch(byCandidate, at.xy, 0);
    else {
      vec4 d = stateGradient(at.x, at.y);
      vec4 r = read(after, afterAt, 1, at.x, at.y);
      vec4 u = read(after, afterAt, 2, at.x, at.y);
      vec4 h = read(before, beforeAt, 0, at.x, at.y);
      output0 = at.z == 0 ? d * h * r * (1.0 - r) : dh * u + d * r;
    }
  }`;

/** Bands of states hold h, r, u; bands of gradients hold those by r, u, the candidate, and by the state. */
export function gruPrograms({ units }: SequenceShape): GRUPrograms {
  const constants = { UNITS: units };
  return {
    gates: {
      reads: ['before', 'projected', 'weights'],
      writes: 3,
      constants,
      code: gatesCode,
    },
    update: {
      reads: ['reset', 'update', 'resetState', 'before', 'projected', 'weights', 'lengths'],
      writes: 1,
      constants,
      code: updateCode,
    },
    backwardState: {
      reads: ['later', 'after', 'before', 'upstream', 'weights', 'lengths'],
      writes: 3,
      constants,
      code: backwardStateCode,
    },
    backwardReset: {
      reads: [...stateGradientReads, 'byCandidate', 'byUpdate', 'byState', 'after', 'before'],
      writes: 1,
      code: backwardResetCode,
    },
  };
}
