import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  encodeSafetensors,
  fromPyTorch,
  MAX_SAFETENSORS_HEADER_BYTES,
  parseSafetensors,
  type PlainTensor,
  type PlainTensors,
  SafetensorsError,
  ShapeError,
} from '../src/index.js';

interface SafetensorsGolden {
  readonly name: string;
  /** What `safetensors.torch.save` gave. */
  readonly base64: string;
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: (number | string)[] }>
  >;
  readonly metadata: Readonly<Record<string, string>>;
}

// Not imported: as a module, the tensor named __proto__ would be a prototype.
const file = JSON.parse(
  readFileSync(new URL('goldens-convert/goldens/safetensors.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly SafetensorsGolden[] };

const goldens = file.cases.map(({ name, base64, tensors, metadata }) => ({
  name,
  bytes: new Uint8Array(Buffer.from(base64, 'base64')),
  tensors: Object.fromEntries(
    Object.entries(tensors).map(([key, { shape, values }]): [string, PlainTensor] => [
      key,
      { shape, values: Float32Array.from(values, Number) },
    ]),
  ),
  metadata,
}));

/** A file of this header and these bytes of data. */
function fileOf(header: unknown, data: number | readonly number[] = 0): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const tail = typeof data === 'number' ? new Uint8Array(data) : data;
  const bytes = new Uint8Array(8 + json.length + tail.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(tail, 8 + json.length);
  return bytes;
}

function info(dtype: unknown, shape: unknown, ...offsets: unknown[]): Record<string, unknown> {
  return { dtype, shape, data_offsets: offsets };
}

describe.each(goldens)('a file of the Python package: $name', ({ bytes, tensors, metadata }) => {
  test('has these tensors and metadata', () => {
    const parsed = parseSafetensors(bytes);
    expect(parsed.tensors).toEqual(tensors);
    expect(Object.keys(parsed.tensors).toSorted()).toEqual(Object.keys(tensors).toSorted());
    expect(parsed.metadata).toEqual(metadata);
  });

  test('is read in the middle of a larger buffer, at any alignment', () => {
    const larger = new Uint8Array(bytes.length + 7).fill(255);
    larger.set(bytes, 3);
    expect(parseSafetensors(larger.subarray(3, 3 + bytes.length)).tensors).toEqual(tensors);
  });

  test('written by us is read by us', () => {
    expect(parseSafetensors(encodeSafetensors({ tensors, metadata }))).toEqual({
      tensors,
      metadata,
    });
  });
});

describe('encodeSafetensors', () => {
  test.each(goldens.slice(0, 3))(
    'writes $name to the byte as Python does',
    ({ bytes, ...golden }) => {
      expect(encodeSafetensors(golden)).toEqual(bytes);
    },
  );

  test('writes a part of a larger buffer', () => {
    const values = Float32Array.of(1, 2, 3).subarray(1, 2);
    const { tensors } = parseSafetensors(
      encodeSafetensors({ tensors: { a: { shape: [1], values } } }),
    );
    expect(tensors).toEqual({ a: { shape: [1], values: Float32Array.of(2) } });
  });
});

describe('parseSafetensors', () => {
  test('gives what fromPyTorch takes', () => {
    const { tensors } = parseSafetensors(goldens[0]!.bytes);
    const { cellsFw } = fromPyTorch({ type: 'LSTM', stateDict: tensors });
    expect(cellsFw[0]?.options).toMatchObject({ inputSize: 2, units: 1 });
  });

  test('gives memory of its own', () => {
    const bytes = goldens[0]!.bytes.slice();
    const { tensors } = parseSafetensors(bytes);
    bytes.fill(0);
    expect(tensors).toEqual(goldens[0]!.tensors);
  });

  test('takes what Python’s reader takes: white space, no metadata, unknown fields', () => {
    const header = { a: { ...info('U8', [1], 0, 1), more: true }, __metadata__: null };
    const { tensors, metadata } = parseSafetensors(fileOf(` ${JSON.stringify(header)}\n`, [7]));
    expect(tensors).toEqual({ a: { shape: [1], values: Float32Array.of(7) } });
    expect(metadata).toEqual({});
  });

  test('takes empty tensors wherever another begins or ends', () => {
    const header = {
      b: info('U8', [1], 0, 1),
      a: info('F32', [0, 2], 0, 0),
      c: info('F64', [3, 0], 1, 1),
    };
    const { tensors } = parseSafetensors(fileOf(header, [7]));
    expect(tensors).toEqual({
      a: { shape: [0, 2], values: new Float32Array() },
      b: { shape: [1], values: Float32Array.of(7) },
      c: { shape: [3, 0], values: new Float32Array() },
    });
  });

  test('tells a disguised prototype from a tensor', () => {
    const header = `{"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}`;
    const { tensors } = parseSafetensors(fileOf(header, [5]));
    expect(Object.keys(tensors)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
  });
});

const dtypes = 'F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL';
const huge = fileOf('{}');
new DataView(huge.buffer).setBigUint64(0, 2n ** 64n - 1n, true);
const long = fileOf('{}');
new DataView(long.buffer).setBigUint64(0, 3n, true);

describe('parseSafetensors refuses', () => {
  const cases: [what: string, bytes: Uint8Array, message: string][] = [
    ['no bytes', new Uint8Array(), 'size: expected at least 8 bytes, got 0'],
    [
      'a header longer than the limit',
      huge,
      'header: expected at most 16777216 bytes, got 18446744073709551615',
    ],
    ['a header longer than the file', long, 'header: expected 3 bytes, got 2'],
    ['no header', fileOf(''), 'header: expected JSON in UTF-8, got something else'],
    [
      'a header that is cut off',
      fileOf('{"a":'),
      'header: expected JSON in UTF-8, got something else',
    ],
    [
      'a header that is no UTF-8',
      fileOf('{"?":1}').fill(0xff, 10, 11),
      'header: expected JSON in UTF-8, got something else',
    ],
    ['a list', fileOf('[]'), 'header: expected an object, got []'],
    ['null', fileOf('null'), 'header: expected an object, got null'],
    [
      'metadata that are no text',
      fileOf({ __metadata__: { a: 1 } }),
      '__metadata__: expected an object of strings, got {"a":1}',
    ],
    ['a tensor that is none', fileOf({ a: 1 }), '"a": expected an object, got 1'],
    [
      'an unknown dtype',
      fileOf({ a: info('F8_E4M3', [1], 0, 1) }, 1),
      `"a": dtype: expected one of ${dtypes}, got "F8_E4M3"`,
    ],
    [
      'a dtype that every object has',
      fileOf({ a: info('toString', [1], 0, 1) }, 1),
      `"a": dtype: expected one of ${dtypes}, got "toString"`,
    ],
    [
      'no dtype',
      fileOf({ a: { shape: [], data_offsets: [0, 4] } }, 4),
      `"a": dtype: expected one of ${dtypes}, got nothing`,
    ],
    [
      'a negative size',
      fileOf({ a: info('U8', [-1, -1], 0, 1) }, 1),
      '"a": shape: expected whole numbers from 0, got [-1,-1]',
    ],
    [
      'a size that is not whole',
      fileOf({ a: info('U8', [0.5, 2], 0, 1) }, 1),
      '"a": shape: expected whole numbers from 0, got [0.5,2]',
    ],
    [
      'a size that is not exact',
      fileOf({ a: info('U8', [2 ** 60], 0, 1) }, 1),
      '"a": shape: expected whole numbers from 0, got [1152921504606847000]',
    ],
    [
      'three offsets',
      fileOf({ a: info('U8', [1], 0, 1, 2) }, 1),
      '"a": data_offsets: expected two whole numbers, got [0,1,2]',
    ],
    [
      'offsets that do not fit the shape',
      fileOf({ a: info('F32', [2], 0, 4) }, 4),
      '"a": data_offsets: expected 8 bytes for shape [2], got 0 to 4',
    ],
    [
      'sizes whose product is not exact',
      fileOf({
        a: info('F32', [2 ** 27, 2 ** 27, 0], 0, 0),
        b: info('U8', [2 ** 27, 2 ** 26], 0, 0),
      }),
      '"b": shape: expected at most 2^53 - 1 numbers, got [134217728,67108864]',
    ],
    [
      'offsets in reverse',
      fileOf({ a: info('U8', [1], 1, 0) }, 1),
      '"a": data_offsets: expected 1 bytes for shape [1], got 1 to 0',
    ],
    [
      'tensors that overlap',
      fileOf({ a: info('U8', [4], 0, 4), b: info('U8', [2], 2, 4) }, 4),
      '"b": data_offsets: expected to begin at 4, got 2',
    ],
    [
      'a gap',
      fileOf({ a: info('U8', [1], 0, 1), b: info('U8', [1], 2, 3) }, 3),
      '"b": data_offsets: expected to begin at 1, got 2',
    ],
    [
      'offsets past the end',
      fileOf({ a: info('F32', [2 ** 40], 0, 2 ** 42) }, 4),
      'data: expected 4398046511104 bytes after the header, got 4',
    ],
    [
      'bytes that are left over',
      fileOf({ a: info('U8', [1], 0, 1) }, 2),
      'data: expected 1 bytes after the header, got 2',
    ],
  ];

  test.each(cases)('%s', (_, bytes, message) => {
    expect(() => parseSafetensors(bytes)).toThrow(
      new SafetensorsError(`parseSafetensors: ${message}`),
    );
  });

  test('what is no Uint8Array', () => {
    const message = 'parseSafetensors: bytes: expected a Uint8Array, got something else';
    expect(() => parseSafetensors('{}' as never)).toThrow(new TypeError(message));
  });
});

describe('encodeSafetensors refuses', () => {
  const one: PlainTensor = { shape: [1], values: Float32Array.of(1) };
  const cases: [what: string, tensors: unknown, kind: new (m: string) => Error, message: string][] =
    [
      [
        'the name of the metadata',
        { __metadata__: one },
        RangeError,
        '"__metadata__": expected another name, as this one is taken',
      ],
      [
        'half a pair of surrogates in a name',
        { '\ud800': one },
        RangeError,
        '"\\ud800": expected a name of well-formed Unicode, got half a pair',
      ],
      [
        'a shape with a negative size',
        { a: { ...one, shape: [-1] } },
        ShapeError,
        '"a": shape: expected whole numbers from 0, got [-1]',
      ],
      [
        'a shape that does not fit the values',
        { a: { ...one, shape: [2] } },
        ShapeError,
        '"a": expected 2 values, got 1',
      ],
      [
        'a tensor that is none',
        { a: { shape: [1], values: [1] } },
        TypeError,
        '"a": expected { shape: [1], values: Float32Array }, got an object with the keys [shape, values]',
      ],
      [
        'names longer than the limit',
        { ['a'.repeat(MAX_SAFETENSORS_HEADER_BYTES)]: one },
        RangeError,
        'header: expected at most 16777216 bytes, got 16777272',
      ],
    ];

  test.each(cases)('%s', (_, tensors, kind, message) => {
    expect(() => encodeSafetensors({ tensors: tensors as PlainTensors })).toThrow(
      new kind(`encodeSafetensors: ${message}`),
    );
  });

  test('metadata that are no text', () => {
    const metadata = { step: 3 } as unknown as Record<string, string>;
    expect(() => encodeSafetensors({ tensors: {}, metadata })).toThrow(
      new TypeError('encodeSafetensors: metadata: step: expected a string, got number'),
    );
  });
});
