import type { ByteReader } from './byte-reader.js';
import { headerBytes, type IdxHeader, parseHeader } from './idx-header.js';
import { MAX_RANK } from './idx-limits.js';

/** Reads the header of a file, and no byte after it. */
export async function readHeader(
  reader: ByteReader,
  where: string,
  maxElements?: number,
): Promise<IdxHeader> {
  const bytes = new Uint8Array(headerBytes(MAX_RANK));
  const start = headerBytes(0);
  let got = await reader.readInto(bytes.subarray(0, start));
  // A rank beyond the limit is refused by what is there already.
  const rank = Math.min(bytes[3] as number, MAX_RANK);
  got += await reader.readInto(bytes.subarray(start, headerBytes(rank)));
  return parseHeader(bytes.subarray(0, got), where, maxElements);
}
