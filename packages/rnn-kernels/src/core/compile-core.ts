import { relaxedBinary, simdBinary } from './binaries.js';

/** The core's code, as this engine takes it. */
export interface CompiledCore {
  readonly module: WebAssembly.Module;
  /** Whether products round once (relaxed SIMD's multiply-add). */
  readonly relaxed: boolean;
  /** Whether other threads can share the memory that it imports. */
  readonly shared: boolean;
}

/** The bytes of the import `env.memory` up to its limits' flags, of which 2 says that it is shared. */
const memoryImport = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];

const wanted = 'rnn-kernels: expected WebAssembly with SIMD';

/**
 * Takes the best binary that the engine knows.
 *
 * @throws Error that says in one sentence what is missing: WebAssembly, SIMD, or a policy's permission
 */
export function compileCore(): CompiledCore {
  if (typeof WebAssembly !== 'object') {
    throw new Error(`${wanted}, got an engine without WebAssembly`);
  }
  const shared = typeof SharedArrayBuffer === 'function';
  const relaxedBytes = decode(relaxedBinary, shared);
  const relaxed = WebAssembly.validate(relaxedBytes);
  const bytes = relaxed ? relaxedBytes : decode(simdBinary, shared);
  if (!WebAssembly.validate(bytes)) throw new Error(`${wanted}, got an engine without SIMD`);
  try {
    return { module: new WebAssembly.Module(bytes), relaxed, shared };
  } catch (error) {
    // A policy lets code be validated, not compiled.
    throw new Error(
      `${wanted}, got an engine that may not compile it: a content security policy has to allow 'wasm-unsafe-eval' in script-src`,
      { cause: error },
    );
  }
}

function decode(base64: string, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!);
  if (shared) return bytes;
  const at = bytes.findIndex((_, i) => memoryImport.every((byte, k) => bytes[i + k] === byte));
  bytes[at + memoryImport.length]! &= ~2;
  return bytes;
}
