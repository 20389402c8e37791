import { Arena } from './arena.js';
import { relaxedBinary, simdBinary } from './binaries.js';
import { blockRowsOf } from './block-rows.js';

/** The functions of assembly/index.as. */
interface CoreExports {
  run(operation: number, part: number): void;
  product(...args: number[]): void;
  transposedProduct(...args: number[]): void;
  applySigmoid(...args: number[]): void;
  applyTanh(...args: number[]): void;
  setBlockRows(rows: number): void;
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
  /** How many rows a product computes at once, on every thread. */
  readonly blockRows: number;
  /** Whether other threads can share the memory. */
  readonly shared: boolean;
}

/** 2 GiB, in pages of 64 KiB. */
const mostPages = 32_768;

/** The bytes of the import `env.memory` up to its limits' flags, of which 2 says that it is shared. */
const memoryImport = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];

/**
 * Starts the core on this thread.
 *
 * @throws CompileError, or what else the engine throws, where there is no WebAssembly with SIMD, or where
 * a page's content security policy forbids it
 */
export function startCore(): Core {
  const shared = typeof SharedArrayBuffer === 'function';
  const relaxedBytes = decode(relaxedBinary, shared);
  const relaxed = WebAssembly.validate(relaxedBytes);
  const module = new WebAssembly.Module(relaxed ? relaxedBytes : decode(simdBinary, shared));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared });
  const exports = instantiate(module, memory);
  const blockRows = blockRowsOf(globalThis);
  exports.setBlockRows(blockRows);
  exports.placeNumbers();
  return { exports, memory, arena: new Arena(memory), module, relaxed, blockRows, shared };
}

function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): CoreExports {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as CoreExports;
}

function decode(base64: string, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!);
  if (shared) return bytes;
  const at = bytes.findIndex((_, i) => memoryImport.every((byte, k) => bytes[i + k] === byte));
  bytes[at + memoryImport.length]! &= ~2;
  return bytes;
}
