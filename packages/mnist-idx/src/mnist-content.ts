import { type ContentTools, platformTools } from './content-tools.js';
import type { FileSpec } from './data-set-spec.js';
import type { IdxArray, IdxDtype } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { magicNumber } from './idx-header.js';
import { kindOf } from './kind-of.js';
import { MnistError, type MnistFileId, where } from './mnist-error.js';
import type { MnistSource, ReadRequest } from './mnist-source.js';
import { parseIdx } from './parse-idx.js';

/** What a file should be: its word, and the type and rank of its array. */
export type FileKind = readonly [what: string, dtype: IdxDtype, rank: number];

/** One file of a data set, found to be the images or the labels that it should be. */
export interface MnistContent {
  readonly id: MnistFileId;
  readonly spec: FileSpec;
  /** The file as the source gave it, gzipped or not. */
  readonly given: Uint8Array;
  /** The whole file, uncompressed. */
  readonly bytes: Uint8Array;
  readonly array: IdxArray;
  readonly tools: ContentTools;
}

/** Reads, inflates and parses one file. Whatever goes wrong is a MnistError that names the file. */
export async function readContent(
  source: MnistSource,
  request: ReadRequest,
  kind: FileKind,
): Promise<MnistContent> {
  const { spec } = request;
  const id: MnistFileId = { source: source.name, file: spec.name };
  const given = await read(source, id, request);
  const { tools = platformTools } = source;
  const name = where(id);
  try {
    const bytes = await tools.inflate(given, { where: name });
    const array = expectKind(parseIdx(bytes, { name }), id, kind);
    return { id, spec, given, bytes, array, tools };
  } catch (error) {
    if (!(error instanceof IdxFormatError)) throw error;
    throw new MnistError(id, error.message.slice(`${name}: `.length), { cause: error });
  }
}

async function read(
  source: MnistSource,
  id: MnistFileId,
  request: ReadRequest,
): Promise<Uint8Array> {
  let bytes: unknown;
  try {
    bytes = await source.read(id.file, request);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof MnistError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw new MnistError(id, `expected its bytes, got an error: ${got}`, { cause: error });
  }
  if (bytes instanceof Uint8Array) return bytes;
  throw new MnistError(id, `expected its bytes in a Uint8Array, got ${kindOf(bytes)}`);
}

function expectKind(array: IdxArray, id: MnistFileId, [what, dtype, rank]: FileKind): IdxArray {
  if (array.dtype === dtype && array.shape.length === rank) return array;
  const got = describe(array.dtype, array.shape.length);
  throw new MnistError(id, `expected ${what}, ${describe(dtype, rank)}, got ${got}`);
}

function describe(dtype: IdxDtype, rank: number): string {
  return `${dtype} of rank ${rank} (magic number ${magicNumber(dtype, rank)})`;
}
