import type { PlainTensor } from '../convert/plain-tensor.js';
import type { Safetensors } from './safetensors.js';
import { parseHeader, type SafetensorsEntry } from './safetensors-header.js';

/**
 * Reads a safetensors file. Every number becomes the nearest float32: exact for F32, F16, BF16, BOOL and
 * whole numbers up to 2^24, rounded for F64 and larger ones.
 *
 * Everything that the header says is checked before anything is read: the values take at most four
 * times the memory of the file.
 *
 * @param bytes - the whole file; it stays as it is
 * @returns tensors by name, which share no memory with the file, and the metadata
 * @throws SafetensorsError if the bytes are anything else: a header that is not complete, too long
 * ({@link MAX_SAFETENSORS_HEADER_BYTES}) or no JSON, a dtype that has no plain numbers (complex, or less than a byte
 * or 8 bits of float), or tensors that overlap, leave gaps, or do not end where the file does
 * @throws TypeError if `bytes` is no Uint8Array
 *
 * Source: the format of huggingface/safetensors, version 0.8.
 */
export function parseSafetensors(bytes: Uint8Array): Safetensors {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError('parseSafetensors: bytes: expected a Uint8Array, got something else');
  }
  const { entries, metadata, bytes: start } = parseHeader(bytes);
  const data = bytes.subarray(start);
  return {
    tensors: Object.fromEntries(entries.map((entry) => [entry.name, readTensor(data, entry)])),
    metadata,
  };
}

function readTensor(data: Uint8Array, { dtype, shape, begin, end }: SafetensorsEntry): PlainTensor {
  const view = new DataView(data.buffer, data.byteOffset + begin, end - begin);
  const values = new Float32Array((end - begin) / dtype.bytes);
  for (let i = 0; i < values.length; i++) values[i] = dtype.read(view, i * dtype.bytes);
  return { shape, values };
}
