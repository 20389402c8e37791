import type { StepProgram } from './draw.js';
import type { SequenceShape } from './sequence-shape.js';
import { lengthsCode, stepCode } from './step-code.js';
import { stateGradientCode, stateGradientReads } from './tile-product.js';

/** Bands of states hold h, c, i, j, f, o; bands of gradients hold those by i, j, f, o before their activation, and by c. */
export interface LSTMPrograms {
  readonly gates: StepProgram;
  readonly update: StepProgram;
  readonly backward: StepProgram;
}

/** Four gates of a unit at once: each texel of the state is fetched for all of them. */
function gatesCode(forgetBias: number): string {
  return `${stepCode}
    void main() {
      ivec3 at = place();
      vec4 i = read(projected, projectedAt, 0, at.x, at.y);
      vec4 j = read(projected, projectedAt, 1, at.x, at.y);
      vec4 f = read(projected, projectedAt, 2, at.x, at.y);
      vec4 o = read(projected, projectedAt, 3, at.x, at.y);
      ivec2 hAt = beforeAt + ivec2(0, at.y);
      ivec2 wAt = ivec2(at.x, 0);
      for (; wAt.y < UNITS; wAt.y++, hAt.x++) {
        vec4 h = texelFetch(before, hAt, 0);
        vec4 w = texelFetch(weights, wAt, 0);
        i += h * w.x;
        j += h * w.y;
        f += h * w.z;
        o += h * w.w;
      }
      output0 = sigmoidOf(i);
      output1 = tanhOf(j);
      output2 = sigmoidOf(f + float(${forgetBias}));
      output3 = sigmoidOf(o);
    }`;
}

const updateCode = `${stepCode} ${lengthsCode}
  void main() {
    ivec3 at = place();
    ivec2 cell = at.xy;
    vec4 i = texelFetch(gate0, cell, 0);
    vec4 j = texelFetch(gate1, cell, 0);
    vec4 f = texelFetch(gate2, cell, 0);
    vec4 o = texelFetch(gate3, cell, 0);
    vec4 c = f * read(before, beforeAt, 1, at.x, at.y) + i * j;
    vec4 kept = read(before, beforeAt, min(at.z, 1), at.x, at.y);
    bvec4 alive = aliveAt(lengthsOf(at.y));
    if (at.z == 0) output0 = mix(kept, o * tanhOf(c), alive);
    else if (at.z == 1) output0 = mix(kept, c, alive);
    else output0 = at.z == 2 ? i : at.z == 3 ? j : at.z == 4 ? f : o;
  }`;

const backwardCode = `${stepCode} ${lengthsCode} ${stateGradientCode}
  void main() {
    ivec3 at = place();
    vec4 dh = stateGradient(at.x, at.y);
    vec4 dc = read(later, laterAt, 4, at.x, at.y);
    // Before the first step stands the initial state, which nothing was done to.
    if (step < 0.0) {
      output0 = at.z == 4 ? dc : dh;
      return;
    }
    vec4 lengths = lengthsOf(at.y);
    vec4 last = texelFetch(lastC, at.xy, 0);
    dh += read(upstream, upstreamAt, 0, at.x, at.y);
    dc += mix(vec4(0.0), last, equal(vec4(step + 1.0), lengths));
    vec4 i = read(after, afterAt, 2, at.x, at.y);
    vec4 j = read(after, afterAt, 3, at.x, at.y);
    vec4 f = read(after, afterAt, 4, at.x, at.y);
    vec4 o = read(after, afterAt, 5, at.x, at.y);
    vec4 bent = tanhOf(read(after, afterAt, 1, at.x, at.y));
    dc += dh * o * (1.0 - bent * bent);
    vec4 d;
    if (at.z == 0) d = dc * j * i * (1.0 - i);
    else if (at.z == 1) d = dc * i * (1.0 - j * j);
    else if (at.z == 2) d = dc * read(before, beforeAt, 1, at.x, at.y) * f * (1.0 - f);
    else if (at.z == 3) d = dh * bent * o * (1.0 - o);
    else d = dc * f;
    output0 = mix(vec4(0.0), d, aliveAt(lengths));
  }`;

export function lstmPrograms({ units }: SequenceShape, forgetBias: number): LSTMPrograms {
  return {
    gates: {
      reads: ['before', 'projected', 'weights'],
      writes: 4,
      constants: { UNITS: units },
      code: gatesCode(forgetBias),
    },
    update: {
      reads: ['gate0', 'gate1', 'gate2', 'gate3', 'before', 'lengths'],
      writes: 1,
      code: updateCode,
    },
    backward: {
      reads: [...stateGradientReads, 'later', 'after', 'before', 'upstream', 'lastC', 'lengths'],
      writes: 1,
      code: backwardCode,
    },
  };
}
