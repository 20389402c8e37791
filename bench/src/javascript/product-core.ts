// @boundaries-ignore -- the bare core is nobody's business but this race's, so no package exports it
import { relaxedBinary, simdBinary } from '../../../packages/rnn-kernels/src/core/binaries.ts';
// @boundaries-ignore -- as above
import {
  narrowBlock,
  wideBlock,
  widenVectors,
} from '../../../packages/rnn-kernels/src/core/block-shape.ts';
import type { ProductShape } from '../step-flops.ts';
import { NotHereError } from './serve.ts';

/** Takes up a thread's share of a product again and again. */
export type Multiply = (times: number) => void;

/** Starts rnn-kernels' WebAssembly core on this thread and lays out a product in its memory. */
export function startProduct({ rows, depth, columns }: ProductShape, wide: boolean): Multiply {
  const { product, memory } = startCore(wide);
  const height = Math.ceil(rows / 4) * 4;
  const panels = Math.ceil(columns / 8);
  const leftPanels = Math.ceil(depth / 8);
  let end = 64;
  const take = (bytes: number): number => {
    const address = end;
    end += Math.ceil(bytes / 64) * 64;
    return address;
  };
  const list = take(8 * leftPanels);
  const left = take(32 * height * leftPanels);
  const right = take(32 * depth * panels);
  const result = take(32 * height * panels);
  const bias = take(32 * panels);
  memory.grow(Math.ceil(end / 65_536));
  new Float32Array(memory.buffer, left, 8 * height * leftPanels).fill(0.5);
  new Float32Array(memory.buffer, right, 8 * depth * panels).fill(0.5);
  const places = new Uint32Array(memory.buffer, list, 2 * leftPanels);
  for (let panel = 0; panel < leftPanels; panel++) {
    places[2 * panel] = left + 32 * height * panel;
    places[2 * panel + 1] = 4 * Math.min(8, depth - 8 * panel);
  }
  return (times) => {
    for (let time = 0; time < times; time++) {
      product(list, leftPanels, 0, right, result, 32 * height, height, panels, bias);
    }
  };
}

type Product = (...args: number[]) => void;

function startCore(wide: boolean): { product: Product; memory: WebAssembly.Memory } {
  const relaxed = Buffer.from(relaxedBinary, 'base64');
  const binary = WebAssembly.validate(relaxed) ? relaxed : Buffer.from(simdBinary, 'base64');
  // The binary says that other threads may share its memory.
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 32_768, shared: true });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  const { product, setBlock } = instance.exports as Record<string, Product>;
  const reason = wide ? widenVectors() : undefined;
  if (reason !== undefined) throw new NotHereError(reason);
  const { rows, columns } = wide ? wideBlock : narrowBlock(globalThis);
  setBlock!(rows, columns);
  return { product: product!, memory };
}
