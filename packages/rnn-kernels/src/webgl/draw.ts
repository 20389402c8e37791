import { type GPGPUContext, webgl_util } from '@tensorflow/tfjs-backend-webgl';
import type { Pass, Region } from './pass.js';

/** A fragment shader that runs once or a few times per time step, into any region of any texture. */
export interface StepProgram {
  /** What it reads: `sampler2D name`, which begins at `ivec2 nameAt`. */
  readonly reads: readonly string[];
  /** How many textures it writes at once: `vec4 output0`, `output1`, ... At most four, as WebGL 2 promises no more. */
  readonly writes: number;
  /** Constants by name: what a loop counts to, so that it can be unrolled. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Integers that `sizes` gives it, by name. */
  readonly sizes?: readonly string[];
  readonly code: string;
}

export interface DrawOptions {
  readonly from: Readonly<Record<string, Region>>;
  /** The same place in one plane or in several. */
  readonly to: readonly Region[];
  /** The time step, in the order of the walk. */
  readonly step: number;
  /** How many groups of four rows there are. */
  readonly groups: number;
  readonly sizes?: Readonly<Record<string, number>>;
}

interface Linked {
  readonly program: ReturnType<GPGPUContext['createProgram']>;
  readonly locations: Readonly<Record<string, WebGLUniformLocation>>;
}

const linkedPrograms = new WeakMap<GPGPUContext, Map<string, Linked>>();

/** Runs a program once for each texel of `to`. */
export function draw(pass: Pass, step: StepProgram, { from, to, ...numbers }: DrawOptions): void {
  const gpgpu = pass.backend.getGPGPUContext();
  const { gl } = pass;
  const { program, locations } = linked(gpgpu, step);
  const { x, y, width, height } = to[0]!;
  gl.bindFramebuffer(gl.FRAMEBUFFER, pass.framebuffer(to.map(({ plane }) => plane)));
  gl.viewport(x, y, width, height);
  gl.scissor(x, y, width, height);
  gpgpu.setProgram(program);
  gpgpu.bindVertexArray(program.vao);
  gl.uniform2i(locations['origin']!, x, y);
  gl.uniform1f(locations['step']!, numbers.step);
  gl.uniform1i(locations['groups']!, numbers.groups);
  for (const name of step.sizes ?? []) gl.uniform1i(locations[name]!, numbers.sizes![name]!);
  for (const [unit, name] of step.reads.entries()) {
    const region = from[name]!;
    gl.uniform2i(locations[`${name}At`]!, region.x, region.y);
    gpgpu.setInputMatrixTexture(pass.texture(region.plane), locations[name]!, unit);
  }
  gpgpu.executeProgram();
}

function linked(gpgpu: GPGPUContext, step: StepProgram): Linked {
  let known = linkedPrograms.get(gpgpu);
  if (known === undefined) {
    known = new Map();
    linkedPrograms.set(gpgpu, known);
  }
  const source = sourceOf(step);
  let found = known.get(source);
  if (found === undefined) {
    found = link(gpgpu, step, source);
    known.set(source, found);
  }
  return found;
}

function link(gpgpu: GPGPUContext, { reads, sizes = [] }: StepProgram, source: string): Linked {
  const program = gpgpu.createProgram(webgl_util.createFragmentShader(gpgpu.gl, source));
  gpgpu.buildVao(program);
  const places = reads.map((name) => `${name}At`);
  const names = ['origin', 'step', 'groups', ...sizes, ...reads, ...places];
  const locations = Object.fromEntries(
    names.map((name) => [name, gpgpu.getUniformLocationNoThrow(program, name)]),
  );
  return { program, locations };
}

const sources = new WeakMap<StepProgram, string>();

function sourceOf(step: StepProgram): string {
  let source = sources.get(step);
  if (source === undefined) {
    source = write(step);
    sources.set(step, source);
  }
  return source;
}

function write({ reads, writes, constants = {}, sizes = [], code }: StepProgram): string {
  const outputs = Array.from(
    { length: writes },
    (_, i) => `layout(location = ${i}) out vec4 output${i};`,
  );
  return [
    '#version 300 es',
    'precision highp float;',
    'precision highp int;',
    'precision highp sampler2D;',
    ...outputs,
    'uniform ivec2 origin;',
    'uniform float step;',
    'uniform int groups;',
    ...sizes.map((name) => `uniform int ${name};`),
    ...reads.map((name) => `uniform sampler2D ${name};\nuniform ivec2 ${name}At;`),
    ...Object.entries(constants).map(([name, value]) => `#define ${name} ${value}`),
    code,
  ].join('\n');
}
