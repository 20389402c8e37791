import { Arena } from './arena.js';
import { type BlockShape, narrowBlock } from './block-shape.js';
import { compileCore } from './compile-core.js';

/** The functions of assembly/index.as. */
interface CoreExports {
  run(operation: number, part: number): void;
  product(...args: number[]): void;
  transposedProduct(...args: number[]): void;
  applySigmoid(...args: number[]): void;
  applyTanh(...args: number[]): void;
  setBlock(rows: number, columns: number): void;
  placeNumbers(): void;
  packWeights(...args: number[]): void;
  packTransposed(...args: number[]): void;
  unpackSum(...args: number[]): void;
  zero(from: number, bytes: number): void;
  rowProduct(...args: number[]): void;
  softmaxSums(...args: number[]): void;
  lossGradient(...args: number[]): void;
  columnSums(...args: number[]): void;
  applyAdam(...args: number[]): void;
  applyRMSProp(...args: number[]): void;
}

/** The SIMD core: its code, its memory and what is in it. */
export interface Core {
  readonly exports: CoreExports;
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
  readonly module: WebAssembly.Module;
  /** Whether products round once (relaxed SIMD's multiply-add). */
  readonly relaxed: boolean;
  /** What a product computes at once, on every thread; see {@link setBlock}. */
  block: BlockShape;
  /** Whether other threads can share the memory. */
  readonly shared: boolean;
}

/** 2 GiB, in pages of 64 KiB. */
const mostPages = 32_768;

/**
 * Starts the core on this thread.
 *
 * @throws Error that says in one sentence what is missing
 */
export function startCore(): Core {
  const { module, relaxed, shared } = compileCore();
  const memory = reserveMemory(shared);
  const { exports: made } = new WebAssembly.Instance(module, { env: { memory } });
  const exports = made as unknown as CoreExports;
  exports.placeNumbers();
  const block = narrowBlock(globalThis);
  const arena = new Arena(memory, mostPages);
  const core: Core = { exports, memory, arena, module, relaxed, block, shared };
  setBlock(core, block);
  return core;
}

/** Sets the block on this thread, and for those that will start. */
export function setBlock(core: Core, block: BlockShape): void {
  core.exports.setBlock(block.rows, block.columns);
  core.block = block;
}

function reserveMemory(shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared });
  } catch (error) {
    throw new Error(
      'rnn-kernels: expected 2 GiB of address space for the SIMD core, got a refusal of the engine',
      { cause: error },
    );
  }
}
