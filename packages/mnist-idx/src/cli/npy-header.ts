import type { IdxDtype } from '../idx-array.js';
import { countElements } from '../idx-header.js';
import { MAX_ELEMENTS, MAX_RANK } from '../idx-limits.js';
import { FileError } from './file-error.js';
import { dtypeOfCode, isNpy, NPY_CODES, NPY_MAGIC } from './npy-types.js';

/** The longest header that numpy itself reads. That of a plain array takes 118 bytes. */
const MAX_HEADER_BYTES = 10_000;

/** What the first bytes of a .npy file say. */
export interface NpyHeader {
  readonly dtype: IdxDtype;
  /** `BE` where the numbers begin with their highest byte. */
  readonly order: 'BE' | 'LE';
  /** Whether the first dimension is the fastest. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly elements: number;
  /** Where the data begin. */
  readonly bytes: number;
}

/** Reads the header of version 1, 2 or 3. `where` begins the messages. */
export function parseNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  if (!isNpy(bytes)) throw new FileError(`${where}: magic number: expected 93 NUMPY, got another`);
  const { text, end } = headerText(bytes, where);
  const { descr, fortran, shape } = parseDict(text, where);
  const [, mark = '', code = ''] = /^([<>|=])(\w+)$/.exec(descr) ?? [];
  const dtype = dtypeOfCode(code);
  // '=' is never in a file, as it would not say which order that is; '|' is for single bytes.
  if (dtype === undefined || mark === '=' || (mark === '|') !== code.endsWith('1')) {
    const codes = Object.values(NPY_CODES).join(', ');
    const expected = `expected one that IDX has (${codes}; see numpy's astype)`;
    throw new FileError(`${where}: data type: ${expected}, got ${JSON.stringify(descr)}`);
  }
  const elements = countElements(shape);
  if (shape.length > MAX_RANK || shape.some((n) => n > MAX_ELEMENTS) || elements > MAX_ELEMENTS) {
    const expected = `expected at most ${MAX_RANK} dimensions and ${MAX_ELEMENTS} elements`;
    throw new FileError(`${where}: shape: ${expected}, got [${shape.join(', ')}]`);
  }
  return { dtype, order: mark === '>' ? 'BE' : 'LE', fortran, shape, elements, bytes: end };
}

function headerText(bytes: Uint8Array, where: string): { text: string; end: number } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = NPY_MAGIC.length;
  const major = view[at];
  if (major === undefined || major < 1 || major > 3) {
    throw new FileError(`${where}: version: expected 1, 2 or 3, got ${major ?? 'the end'}`);
  }
  const start = at + (major === 1 ? 4 : 6);
  if (view.length < start) {
    throw new FileError(`${where}: header: expected ${start} bytes at least, got ${view.length}`);
  }
  const length = major === 1 ? view.readUInt16LE(at + 2) : view.readUInt32LE(at + 2);
  const end = start + length;
  if (length > MAX_HEADER_BYTES) {
    throw new FileError(
      `${where}: header: expected at most ${MAX_HEADER_BYTES} bytes, got ${length}`,
    );
  }
  if (view.length < end) {
    throw new FileError(`${where}: header: expected ${end} bytes, got ${view.length}`);
  }
  return { text: view.toString(major === 3 ? 'utf8' : 'latin1', start, end), end };
}

const ENTRY =
  /\s*(["'])(descr|fortran_order|shape)\1\s*:\s*(?:(["'])([^"']*)\3|(True|False)|\(([\dL,\s]*)\))\s*(,|$)/y;

/** The header is a Python dict of exactly these three, in any order. */
function parseDict(
  text: string,
  where: string,
): { descr: string; fortran: boolean; shape: readonly number[] } {
  const [, inner] = /^\s*\{(.*)\}\s*$/s.exec(text) ?? [];
  let descr: string | undefined;
  let fortran: string | undefined;
  let shape: readonly number[] | undefined;
  let rest = inner ?? '';
  for (let count = 0; count < 3; count++) {
    ENTRY.lastIndex = 0;
    const [entry = '', , key, , quoted, bool, tuple] = ENTRY.exec(rest) ?? [];
    if (key === 'descr') descr = quoted;
    if (key === 'fortran_order') fortran = bool;
    if (key === 'shape' && tuple !== undefined) shape = parseTuple(tuple);
    rest = rest.slice(entry.length);
  }
  if (descr === undefined || fortran === undefined || shape === undefined || rest.trim() !== '') {
    const expected = "expected a plain array's descr, fortran_order and shape";
    // What a damaged file has there may be anything.
    const got = JSON.stringify(text.trim().slice(0, 100));
    throw new FileError(`${where}: header: ${expected}, got ${got}`);
  }
  return { descr, fortran: fortran === 'True', shape };
}

/** `2, 3`, `2,`, or nothing; Python 2 wrote `2L`. A number alone is no tuple. */
function parseTuple(tuple: string): readonly number[] | undefined {
  const text = tuple.trim();
  if (text === '') return [];
  if (!/^\d+L?\s*(?:,\s*\d+L?\s*)*,?$/.test(text) || !text.includes(',')) return undefined;
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => Number(part.replace('L', '')));
}
