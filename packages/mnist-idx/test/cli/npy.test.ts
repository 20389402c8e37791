import type { IdxArray } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../src/cli/encode-npy.js';
import { FileError } from '../../src/cli/file-error.js';
import { parseNpy } from '../../src/cli/parse-npy.js';
import { thrownBy } from '../errors.js';
import golden from '../goldens/npy.json' with { type: 'json' };

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

/** A .npy file of version 1 with this header, padded as numpy does, and this body. */
function npy(header: string, body: readonly number[] = []): Uint8Array {
  const length = Math.ceil((header.length + 11) / 64) * 64 - 10;
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 255, length >> 8]);
  return Buffer.concat([head, Buffer.from(`${header.padEnd(length - 1)}\n`), Buffer.from(body)]);
}

function dict(descr: string, shape: string): string {
  return `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`;
}

describe("numpy's own files (test/goldens/npy.py)", () => {
  test('are the arrays that numpy wrote, whatever version, byte order and order of dimensions', () => {
    for (const { name, hex, dtype, shape, values } of golden) {
      const { data, ...rest } = parseNpy(bytesOf(hex), name);
      expect({ name, ...rest, values: [...data] }).toEqual({ name, dtype, shape, values });
    }
    expect(golden).toHaveLength(192);
  });

  test('are read where they begin at an odd byte', () => {
    for (const { hex, values } of golden) {
      const bytes = bytesOf(`00${hex}`).subarray(1);
      expect([...parseNpy(bytes, 'odd').data]).toEqual(values);
    }
  });

  test('are the very bytes that encodeNpy writes, in C order of little-endian machines', () => {
    const plain = golden.filter((file) => file.plain);
    for (const { hex } of plain) {
      const bytes = bytesOf(hex);
      expect(Buffer.from(encodeNpy(parseNpy(bytes, 'plain'))).toString('hex')).toBe(hex);
    }
    expect(plain).toHaveLength(36);
  });
});

describe('parseNpy', () => {
  test.each([
    ['double quotes and another order', `{"shape": (2,), "fortran_order": False, "descr": "|u1"}`],
    ['no comma at the end', `{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}`],
    ['the long numbers of Python 2', `{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }`],
  ])('reads a header with %s', (_, header) => {
    expect(parseNpy(npy(header, [7, 8]), 'a.npy')).toEqual({
      dtype: 'uint8',
      shape: [2],
      data: Uint8Array.of(7, 8),
    } satisfies IdxArray);
  });

  test('keeps every bit of a NaN', () => {
    const data = new Float32Array(Uint8Array.of(1, 2, 0xa0, 0x7f).buffer);
    const back = parseNpy(encodeNpy({ dtype: 'float32', shape: [1], data }), 'nan');
    expect(new Uint8Array(back.data.buffer, back.data.byteOffset, 4)).toEqual(
      Uint8Array.of(1, 2, 0xa0, 0x7f),
    );
  });

  const u1 = dict("'|u1'", '(2,)');
  const plain = "header: expected a plain array's descr, fortran_order and shape";
  const types = "data type: expected one that IDX has (u1, i1, i2, i4, f4, f8; see numpy's astype)";
  test.each<[what: string, bytes: Uint8Array, message: string]>([
    ['another file', Uint8Array.of(0, 0, 8, 1), 'magic number: expected 93 NUMPY, got another'],
    ['a version of the future', npy(u1).fill(4, 6, 7), 'version: expected 1, 2 or 3, got 4'],
    ['a file that ends there', npy(u1).subarray(0, 6), 'version: expected 1, 2 or 3, got the end'],
    ['a cut header', npy(u1).subarray(0, 100), 'header: expected 128 bytes, got 100'],
    ['a missing number', npy(u1, [1]), 'size: expected 130 bytes for uint8 of shape [2], got 129'],
    [
      'one too many',
      npy(u1, [1, 2, 3]),
      'size: expected 130 bytes for uint8 of shape [2], got 131',
    ],
    ['64-bit integers', npy(dict("'<i8'", '(2,)')), `${types}, got "<i8"`],
    ['booleans', npy(dict("'|b1'", '(2,)')), `${types}, got "|b1"`],
    ['numbers of no byte order', npy(dict("'|i2'", '(2,)')), `${types}, got "|i2"`],
    [
      'a structure',
      npy(dict("[('a', '<i2')]", '(2,)')),
      `${plain}, got "${dict("[('a', '<i2')]", '(2,)')}"`,
    ],
    ['a shape that is none', npy(dict("'|u1'", '(2)')), `${plain}, got "${dict("'|u1'", '(2)')}"`],
    [
      'sizes whose product overflows',
      npy(dict("'|u1'", '(4294967296, 4294967296)')),
      'shape: expected at most 32 dimensions and 2147483647 elements, got [4294967296, 4294967296]',
    ],
  ])('refuses %s', (_, bytes, message) => {
    const error = thrownBy(() => parseNpy(bytes, 'a.npy'));
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ message: `a.npy: ${message}` });
  });

  test('refuses a header longer than numpy itself reads, whatever length it claims', () => {
    const bytes = npy(u1).slice();
    bytes.set([2, 0, 255, 255, 255, 255], 6);
    const message = 'a.npy: header: expected at most 10000 bytes, got 4294967295';
    expect(thrownBy(() => parseNpy(bytes, 'a.npy'))).toMatchObject({ message });
  });
});
