import type { IdxArray, IdxArrayOf, IdxDtype } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { magicNumber } from './idx-header.js';
import { inflate } from './inflate.js';
import { kindOf } from './kind-of.js';
import { MnistError, type MnistFileId, where } from './mnist-error.js';
import type { MnistFile } from './mnist-files.js';
import type { MnistSource } from './mnist-source.js';
import { parseIdx } from './parse-idx.js';

const RANKS = { images: 3, labels: 1 } as const;

/** One file of a data set, found to be the images or the labels that its name says. */
export interface MnistContent {
  readonly id: MnistFileId;
  /** The whole file, uncompressed. */
  readonly bytes: Uint8Array;
  readonly array: IdxArrayOf<'uint8'>;
}

/** Reads, inflates and parses one file. Whatever goes wrong is a MnistError that names the file. */
export async function readContent(source: MnistSource, file: MnistFile): Promise<MnistContent> {
  const id: MnistFileId = { source: source.name, file };
  const given = await read(source, id);
  const name = where(id);
  try {
    const bytes = await inflate(given, { where: name });
    return { id, bytes, array: expectKind(parseIdx(bytes, { name }), id) };
  } catch (error) {
    if (!(error instanceof IdxFormatError)) throw error;
    throw new MnistError(id, error.message.slice(`${name}: `.length), { cause: error });
  }
}

async function read(source: MnistSource, id: MnistFileId): Promise<Uint8Array> {
  let bytes: unknown;
  try {
    bytes = await source.read(id.file);
  } catch (error) {
    if (error instanceof MnistError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw new MnistError(id, `expected its bytes, got an error: ${got}`, { cause: error });
  }
  if (bytes instanceof Uint8Array) return bytes;
  throw new MnistError(id, `expected its bytes in a Uint8Array, got ${kindOf(bytes)}`);
}

function expectKind(array: IdxArray, id: MnistFileId): IdxArrayOf<'uint8'> {
  const kind = id.file.includes('images') ? 'images' : 'labels';
  const rank = RANKS[kind];
  if (array.dtype === 'uint8' && array.shape.length === rank) return array;
  const expected = describe('uint8', rank);
  const got = describe(array.dtype, array.shape.length);
  throw new MnistError(id, `expected ${kind}, ${expected}, got ${got}`);
}

function describe(dtype: IdxDtype, rank: number): string {
  return `${dtype} of rank ${rank} (magic number ${magicNumber(dtype, rank)})`;
}
