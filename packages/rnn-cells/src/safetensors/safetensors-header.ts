import { sizeOf } from '../convert/plain-tensor.js';
import { LENGTH_BYTES, MAX_SAFETENSORS_HEADER_BYTES, METADATA } from './safetensors.js';
import { DTYPES, type SafetensorsDtype } from './safetensors-dtypes.js';
import { SafetensorsError } from './safetensors-error.js';

/** The most characters of a file that a message repeats: enough to find the place. */
const MAX_SHOWN = 100;

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Bytes from the end of the header on. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data begin. */
  readonly bytes: number;
}

/**
 * Reads the header, and asserts that the tensors cover all that follows, each byte once.
 *
 * @throws SafetensorsError otherwise
 */
export function parseHeader(bytes: Uint8Array): SafetensorsHeader {
  const length = headerLength(bytes);
  const start = LENGTH_BYTES + length;
  const { [METADATA]: metadata, ...infos } = parseJSON(bytes.subarray(LENGTH_BYTES, start));
  const entries = Object.entries(infos)
    .map(([name, info]) => parseEntry(name, info))
    .toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      fail(`${show(name)}: data_offsets: expected to begin at ${covered}, got ${begin}`);
    }
    covered = end;
  }
  if (covered !== bytes.length - start) {
    fail(`data: expected ${covered} bytes after the header, got ${bytes.length - start}`);
  }
  return { entries, metadata: parseMetadata(metadata), bytes: start };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) {
    fail(`size: expected at least ${LENGTH_BYTES} bytes, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  const length = view.getBigUint64(0, true);
  if (length > MAX_SAFETENSORS_HEADER_BYTES) {
    fail(`header: expected at most ${MAX_SAFETENSORS_HEADER_BYTES} bytes, got ${length}`);
  }
  const rest = bytes.length - LENGTH_BYTES;
  if (length > rest) fail(`header: expected ${length} bytes, got ${rest}`);
  return Number(length);
}

function parseJSON(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new SafetensorsError(
      'parseSafetensors: header: expected JSON in UTF-8, got something else',
      { cause },
    );
  }
  if (!isRecord(header)) fail(`header: expected an object, got ${show(header)}`);
  return header;
}

function parseMetadata(metadata: unknown = {}): Record<string, string> {
  if (metadata === null) return {};
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    fail(`${METADATA}: expected an object of strings, got ${show(metadata)}`);
  }
  return metadata as Record<string, string>;
}

function parseEntry(name: string, info: unknown): SafetensorsEntry {
  const where = show(name);
  if (!isRecord(info)) fail(`${where}: expected an object, got ${show(info)}`);
  const { dtype: dtypeName, shape, data_offsets: offsets } = info;
  const dtype = typeof dtypeName === 'string' ? DTYPES.get(dtypeName) : undefined;
  if (!dtype) {
    const known = [...DTYPES.keys()].join(', ');
    fail(`${where}: dtype: expected one of ${known}, got ${show(dtypeName)}`);
  }
  if (!isSizes(shape)) {
    fail(`${where}: shape: expected whole numbers from 0, got ${show(shape)}`);
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    fail(`${where}: data_offsets: expected two whole numbers, got ${show(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const elements = sizeOf(shape);
  if (!Number.isSafeInteger(elements)) {
    fail(`${where}: shape: expected at most 2^53 - 1 numbers, got ${show(shape)}`);
  }
  const size = elements * dtype.bytes;
  if (end - begin !== size) {
    const got = `${begin} to ${end}`;
    fail(`${where}: data_offsets: expected ${size} bytes for shape ${show(shape)}, got ${got}`);
  }
  return { name, dtype, shape, begin, end };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** What the file says, as it may stand in a message: JSON, and not endless. */
function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}

function fail(message: string): never {
  throw new SafetensorsError(`parseSafetensors: ${message}`);
}
