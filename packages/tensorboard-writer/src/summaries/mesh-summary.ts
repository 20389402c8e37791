import { checkObject } from '../checks/check-object.js';
import { kind } from '../checks/kind.js';
import { numberTensor } from '../messages/make-tensor-proto.js';
import { MeshPart, meshPluginData } from '../messages/plugin-data.js';
import type { SummaryValue } from '../messages/summary.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import { allThere, type Later, whenThere } from '../values/later.js';
import type { Numbers, NumbersInput } from '../values/numbers.js';
import { readAllNumbers } from '../values/read-numbers.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** What a mesh is made of; each of shape `[points, 3]` or `[batch, points, 3]`. */
export interface Mesh {
  /** Coordinates x, y, z of each point. */
  readonly vertices: NumbersInput;
  /** Three indices of vertices for each triangle. Without, the vertices are shown as points. */
  readonly faces?: NumbersInput | undefined;
  /** Red, green and blue of each vertex, 0..255. */
  readonly colors?: NumbersInput | undefined;
}

/** How a mesh is shown. */
export interface MeshOptions extends SummaryOptions {
  /**
   * Classes of three.js and their arguments, as TensorBoard's mesh plugin takes them:
   * `{ camera: { cls: 'PerspectiveCamera', fov: 75 } }`.
   */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** A value for each part, whose tags TensorBoard brings together again. */
export function meshSummary(
  where: string,
  tag: string,
  mesh: Mesh,
  options: MeshOptions,
): Later<Init<SummaryValue>[]> {
  checkObject(`${where}: mesh`, mesh);
  const jsonConfig = jsonOf(`${where}: config`, options.config ?? {});
  const inputs = PARTS.flatMap((part) => {
    const input = mesh[part.name];
    return input === undefined ? [] : [{ ...part, input }];
  });
  if (mesh.vertices === undefined) {
    throw new TypeError(`${where}: vertices: expected numbers, got undefined`);
  }
  const components = inputs.reduce((mask, { type }) => mask | (1 << type), 0);
  const read = readAllNumbers(
    inputs.map(({ name, input }) => [`${where}: ${name}`, input] as const),
  );
  return whenThere(allThere(read), (numbers) =>
    inputs.map(({ name, type, suffix, arrayOf }, i) => {
      const { data, shape } = pointsOf(`${where}: ${name}`, numbers[i]);
      const content = encodeMessage(meshPluginData, {
        name: tag,
        contentType: type,
        jsonConfig,
        shape,
        components,
      });
      return {
        tag: `${tag}_${suffix}`,
        tensor: numberTensor(arrayOf(data), shape),
        metadata: metadataOf('mesh', options, content),
      };
    }),
  );
}

const PARTS = [
  {
    name: 'vertices',
    type: MeshPart.VERTEX,
    suffix: 'VERTEX',
    arrayOf: (data: ArrayLike<number>) => Float32Array.from(data),
  },
  {
    name: 'faces',
    type: MeshPart.FACE,
    suffix: 'FACE',
    arrayOf: (data: ArrayLike<number>) => Int32Array.from(data),
  },
  {
    name: 'colors',
    type: MeshPart.COLOR,
    suffix: 'COLOR',
    arrayOf: (data: ArrayLike<number>) => new Uint8Array(Uint8ClampedArray.from(data)),
  },
] as const;

function pointsOf(
  where: string,
  numbers: Numbers | undefined,
): { readonly data: ArrayLike<number>; readonly shape: readonly number[] } {
  const { data = [], shape = [] } = numbers ?? {};
  const batched = shape.length === 2 ? [1, ...shape] : shape;
  if (batched.length === 3 && batched[2] === 3) return { data, shape: batched };
  const expected = 'a shape [points, 3] or [batch, points, 3]';
  throw new RangeError(`${where}: expected ${expected}, got [${shape.join(', ')}]`);
}

function jsonOf(where: string, config: Readonly<Record<string, unknown>>): string {
  const json: string | undefined = JSON.stringify(config);
  if (json?.startsWith('{')) return json;
  throw new TypeError(`${where}: expected an object, got ${kind(config)}`);
}
