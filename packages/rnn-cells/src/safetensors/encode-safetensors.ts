import { ShapeError } from '../checks/shape-error.js';
import { checkPlainTensor, type PlainTensor } from '../convert/plain-tensor.js';
import {
  LENGTH_BYTES,
  MAX_SAFETENSORS_HEADER_BYTES,
  METADATA,
  type Safetensors,
} from './safetensors.js';

/**
 * Writes a safetensors file of float32 tensors (dtype F32), sorted by name: the bytes that the Python
 * package writes.
 *
 * @param file - tensors by name, and metadata if there are any
 * @returns the whole file, in fresh memory
 * @throws RangeError if a name is `__metadata__` or no well-formed Unicode, or the header would be longer
 * than {@link MAX_SAFETENSORS_HEADER_BYTES}
 * @throws {@link ShapeError} if a shape is none, or does not fit the values
 * @throws TypeError if a tensor is no plain tensor, or metadata are no strings
 *
 * Source: the format of huggingface/safetensors, version 0.8.
 */
export function encodeSafetensors({
  tensors,
  metadata = {},
}: Pick<Safetensors, 'tensors'> & Partial<Safetensors>): Uint8Array {
  checkMetadata(metadata);
  const entries = Object.entries(tensors).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let end = 0;
  const infos = entries.map(([name, tensor]): [string, unknown] => {
    checkEntry(name, tensor);
    const begin = end;
    end += tensor.values.byteLength;
    return [name, { dtype: 'F32', shape: tensor.shape, data_offsets: [begin, end] }];
  });
  const header = encodeHeader(infos, metadata);

  const bytes = new Uint8Array(LENGTH_BYTES + header.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  let offset = LENGTH_BYTES + header.length;
  for (const [, { values }] of entries) {
    for (let i = 0; i < values.length; i++) view.setFloat32(offset + 4 * i, values[i]!, true);
    offset += values.byteLength;
  }
  return bytes;
}

function checkMetadata(metadata: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      const where = `encodeSafetensors: metadata: ${key}`;
      throw new TypeError(`${where}: expected a string, got ${typeof value}`);
    }
  }
}

function checkEntry(name: string, tensor: PlainTensor): void {
  const where = `encodeSafetensors: ${JSON.stringify(name)}`;
  if (name === METADATA)
    throw new RangeError(`${where}: expected another name, as this one is taken`);
  if (/\p{Surrogate}/u.test(name)) {
    throw new RangeError(`${where}: expected a name of well-formed Unicode, got half a pair`);
  }
  const { shape } = tensor;
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new ShapeError(`${where}: shape: expected whole numbers from 0, got [${String(shape)}]`);
  }
  checkPlainTensor(where, tensor, shape);
}

/** JSON, filled up with spaces so that the data begin at a multiple of 8 bytes. */
function encodeHeader(
  infos: readonly (readonly [name: string, info: unknown])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const all = Object.keys(metadata).length > 0 ? [[METADATA, metadata], ...infos] : infos;
  // An object would put names like '10' before all others.
  const fields = all.map(([name, info]) => `${JSON.stringify(name)}:${JSON.stringify(info)}`);
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  if (length > MAX_SAFETENSORS_HEADER_BYTES) {
    throw new RangeError(
      `encodeSafetensors: header: expected at most ${MAX_SAFETENSORS_HEADER_BYTES} bytes, got ${length}`,
    );
  }
  const header = new Uint8Array(length).fill(0x20);
  header.set(json);
  return header;
}
