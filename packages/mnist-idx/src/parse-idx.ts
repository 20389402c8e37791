import type { IdxArray } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { parseHeader } from './idx-header.js';
import { IDX_TYPES } from './idx-types.js';
import { isGzip } from './inflate.js';
import { copyNativeOrder } from './native-order.js';

/** Options of {@link parseIdx}. */
export interface ParseIdxOptions {
  /** What messages call the bytes, such as a file's name. Default: `'parseIdx'`. */
  readonly name?: string;
}

/**
 * Reads the uncompressed bytes of an IDX file: big-endian, any of the six data types, any rank up
 * to {@link MAX_RANK}. The bytes must be one array exactly, with nothing missing or left over.
 *
 * `data` of uint8 and int8 is a view of `bytes`, not a copy: leave `bytes` as they are while it is
 * in use. Wider types are copied into this machine's byte order.
 *
 * @param bytes - the whole file, not gzipped; {@link readIdx} takes both
 * @returns an array whose `dtype` tells the type of its `data`
 * @throws IdxFormatError where the bytes are anything else, with the offset where that shows
 */
export function parseIdx(bytes: Uint8Array, options: ParseIdxOptions = {}): IdxArray {
  const { name: where = 'parseIdx' } = options;
  if (isGzip(bytes)) {
    const expected = 'expected uncompressed IDX, got gzip (1f 8b), which readIdx inflates';
    throw new IdxFormatError(`${where}: magic number: ${expected}`, 0);
  }
  const header = parseHeader(bytes, where);
  const { dtype, shape, elements } = header;
  const { array } = IDX_TYPES[dtype];
  const size = array.BYTES_PER_ELEMENT;

  const end = header.bytes + elements * size;
  if (bytes.length !== end) {
    throw new IdxFormatError(
      `${where}: size: expected ${end} bytes for ${dtype} of shape [${shape.join(', ')}], ` +
        `got ${bytes.length}`,
      Math.min(end, bytes.length),
    );
  }
  let raw = bytes.subarray(header.bytes);
  if (size > 1) {
    const bigEndian = raw;
    raw = new Uint8Array(bigEndian.length);
    copyNativeOrder(bigEndian, raw, size);
  }
  // The compiler does not know that `array` is the one of this very `dtype`.
  return { dtype, shape, data: new array(raw.buffer, raw.byteOffset, elements) } as IdxArray;
}
