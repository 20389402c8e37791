import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Pass, Plane } from './pass.js';

interface Sources {
  /** Tensors by name: `float x(int row, int column)`, with as many arguments as they have axes. */
  readonly tensors: Readonly<Record<string, TensorInfo>>;
  /** Planes by name, to be read by `texelFetch`. */
  readonly planes: Readonly<Record<string, Plane>>;
  /** Integers by name. A program is compiled once for all of them, as it is for all shapes. */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface ToPlaneOptions extends Sources {
  readonly width: number;
  readonly height: number;
  /** Defines `float number(ivec2 texel, int i)`. */
  readonly code: string;
}

/** A new plane from tensors of TensorFlow.js, which packs and uploads them as need be. */
export function toPlane(pass: Pass, options: ToPlaneOptions): Plane {
  const { width, height, code } = options;
  const program = programOf(options, [2 * height, 2 * width]);
  // What TensorFlow.js calls dense: the shape of the texture is ours to say.
  const dense = { ...program, outPackingScheme: 0 } as unknown as GPGPUProgram;
  dense.userCode = `${program.userCode}
    ${code}
    void main() {
      ivec2 texel = ivec2(gl_FragCoord.xy);
      setOutput(vec4(number(texel, 0), number(texel, 1), number(texel, 2), number(texel, 3)));
    }`;
  const info = run(pass, dense, options, [height, width]);
  return { info, width, height };
}

export interface ToTensorOptions extends Sources {
  /** Three axes, or two of which the first stands for the first two of three. */
  readonly shape: readonly number[];
  /** Defines `float number(int row, int column)`, where rows are counted over all axes but the last. */
  readonly code: string;
}

/** A new tensor from planes. */
export function toTensor(pass: Pass, options: ToTensorOptions): TensorInfo {
  const { shape, code } = options;
  const sizes = { ...options.sizes, rows: shape.at(-2)!, columns: shape.at(-1)! };
  const program = programOf({ ...options, sizes }, [...shape]);
  const place =
    shape.length === 3
      ? `ivec3 place = getOutputCoords();
         int row = place.x * rows + place.y;
         bool hasBelow = place.y + 1 < rows;
         int column = place.z;`
      : `ivec2 place = getOutputCoords();
         int row = place.x;
         bool hasBelow = row + 1 < rows;
         int column = place.y;`;
  // Products of TensorFlow.js count on zeros beyond the last row and column.
  program.userCode += `
    ${code}
    void main() {
      ${place}
      bool hasRight = column + 1 < columns;
      setOutput(vec4(
        number(row, column),
        hasRight ? number(row, column + 1) : 0.0,
        hasBelow ? number(row + 1, column) : 0.0,
        hasRight && hasBelow ? number(row + 1, column + 1) : 0.0
      ));
    }`;
  return run(pass, program, { ...options, sizes });
}

function programOf({ tensors, planes, sizes }: Sources, outputShape: number[]): GPGPUProgram {
  const readers = Object.entries(tensors).map(([name, { shape }]) => reader(name, shape.length));
  return {
    variableNames: [...Object.keys(tensors).map(samplerName), ...Object.keys(planes)],
    outputShape,
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    customUniforms: Object.keys(sizes).map((name) => ({ name, type: 'int' })),
    userCode: readers.join('\n'),
  };
}

function samplerName(name: string): string {
  return `${name}Tensor`;
}

/** Takes one number out of the two by two that a texel of TensorFlow.js holds. */
function reader(name: string, axes: number): string {
  const places = ['a', 'b', 'c'].slice(0, axes);
  const get = `get${samplerName(name)[0]!.toUpperCase()}${samplerName(name).slice(1)}`;
  const last = axes === 1 ? 'a' : `vec2(${places.slice(-2).join(', ')})`;
  return `
    float ${name}(${places.map((place) => `int ${place}`).join(', ')}) {
      return getChannel(${get}(${places.join(', ')}), ${last});
    }`;
}

function run(
  pass: Pass,
  program: GPGPUProgram,
  { tensors, planes, sizes }: Sources,
  textureShape?: [number, number],
): TensorInfo {
  const infos = [...Object.values(tensors), ...Object.values(planes).map(({ info }) => info)];
  const values = Object.values(sizes).map((size) => [size]);
  return pass.own(
    pass.backend.runWebGLProgram(program, infos, 'float32', values, true, textureShape),
  );
}
