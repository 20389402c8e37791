export type { ByteChunks } from './byte-reader.js';
export { MAX_STREAMED_ELEMENTS } from './idx-limits.js';
export { readIdxSlices, type ReadIdxSlicesOptions } from './read-idx-slices.js';
