import { gzipSync } from 'node:zlib';
import {
  encodeIdx,
  IdxFormatError,
  loadMnist,
  type LoadMnistOptions,
  MNIST,
  MnistError,
  type MnistSource,
} from '@unroll/mnist-idx';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from './errors.js';
import {
  hashOf,
  images,
  labels,
  specOf,
  type TinyFile,
  tinyMnist,
  withHashes,
} from './tiny-mnist.js';

const tiny = {
  train: { images: images(6, 2, 3), labels: labels(6) },
  test: { images: images(4, 2, 3), labels: labels(4) },
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('loadMnist', () => {
  test('loads the four files from their bytes', async () => {
    expect(await loadMnist({ source: tinyMnist(), verify: false })).toEqual(tiny);
  });

  test('takes a table of its own, hashes in either case, and compares what is inside the gzip', async () => {
    const files = tinyMnist();
    const dataSet = {
      ...specOf(files),
      files: withHashes((name) => ({ sha256: hashOf(files[name]).toUpperCase() })),
    };
    const source = {
      ...files,
      'train-images-idx3-ubyte': gzipSync(files['train-images-idx3-ubyte']),
    };
    expect(await loadMnist({ source, dataSet })).toEqual(tiny);
  });

  test('loads from anything that reads a file by name, each once, at the same time', async () => {
    const files = tinyMnist();
    const asked: string[] = [];
    const source: MnistSource = {
      name: 'memory',
      async read(file) {
        asked.push(file);
        await vi.waitUntil(() => asked.length === 4);
        return files[file as TinyFile];
      },
    };
    expect(await loadMnist({ source, verify: false })).toEqual(tiny);
    expect(asked).toEqual(Object.keys(files));
  });

  test('gives views of uncompressed bytes, not copies', async () => {
    const source = tinyMnist();
    const { train } = await loadMnist({ source, verify: false });
    expect(train.images.data.buffer).toBe(source['train-images-idx3-ubyte'].buffer);
  });

  test('hashes bytes in memory that threads share', async () => {
    const files = tinyMnist();
    const dataSet = specOf(files);
    const shared = new Uint8Array(new SharedArrayBuffer(files['train-labels-idx1-ubyte'].length));
    shared.set(files['train-labels-idx1-ubyte']);
    const source = { ...files, 'train-labels-idx1-ubyte': shared };
    expect(await loadMnist({ source, dataSet })).toEqual(tiny);
  });

  test('checks against MNIST unless told otherwise', async () => {
    const error = await rejectionOf(loadMnist({ source: tinyMnist() }));
    const file = 'train-images-idx3-ubyte';
    expect(error).toBeInstanceOf(MnistError);
    expect(error).toMatchObject({
      name: 'MnistError',
      source: 'bytes',
      file,
      message:
        `loadMnist: bytes: ${file}: SHA-256 of the content: expected ` +
        `${MNIST.files.trainImages.sha256}, got ${hashOf(tinyMnist()[file])}; for other data ` +
        'give dataSet, or verify: false',
    });
  });
});

describe('loadMnist refuses', () => {
  const where = 'loadMnist: bytes:';
  const cases: [
    what: string,
    change: (files: Record<TinyFile, unknown>) => void,
    message: string,
  ][] = [
    [
      'something that is no IDX',
      (files) => (files['train-images-idx3-ubyte'] = new TextEncoder().encode('<html>')),
      'train-images-idx3-ubyte: magic number: expected 00 00 first, got 3c 68',
    ],
    [
      'labels in the place of images',
      (files) => (files['t10k-images-idx3-ubyte'] = files['t10k-labels-idx1-ubyte']),
      't10k-images-idx3-ubyte: expected images, uint8 of rank 3 (magic number 2051), ' +
        'got uint8 of rank 1 (magic number 2049)',
    ],
    [
      'images in the place of labels',
      (files) => (files['train-labels-idx1-ubyte'] = files['train-images-idx3-ubyte']),
      'train-labels-idx1-ubyte: expected labels, uint8 of rank 1 (magic number 2049), ' +
        'got uint8 of rank 3 (magic number 2051)',
    ],
    [
      'labels that are not bytes',
      (files) => {
        files['train-labels-idx1-ubyte'] = encodeIdx({
          dtype: 'int32',
          shape: [6],
          data: new Int32Array(6),
        });
      },
      'train-labels-idx1-ubyte: expected labels, uint8 of rank 1 (magic number 2049), ' +
        'got int32 of rank 1 (magic number 3073)',
    ],
    [
      'a truncated file',
      (files) => {
        const bytes = files['t10k-images-idx3-ubyte'] as Uint8Array;
        files['t10k-images-idx3-ubyte'] = bytes.subarray(0, -1);
      },
      't10k-images-idx3-ubyte: size: expected 40 bytes for uint8 of shape [4, 2, 3], got 39',
    ],
    [
      'a broken gzip stream',
      (files) => {
        const bytes = gzipSync(files['t10k-labels-idx1-ubyte'] as Uint8Array);
        files['t10k-labels-idx1-ubyte'] = bytes.subarray(0, -4);
      },
      't10k-labels-idx1-ubyte: gzip: expected a whole stream, got a broken one: ' +
        'unexpected end of file',
    ],
    [
      'fewer labels than images',
      (files) => (files['train-labels-idx1-ubyte'] = encodeIdx(labels(5))),
      'train-labels-idx1-ubyte: labels: expected 6, one for each image of ' +
        'train-images-idx3-ubyte, got 5',
    ],
    [
      'more test labels than test images',
      (files) => (files['t10k-labels-idx1-ubyte'] = encodeIdx(labels(6))),
      't10k-labels-idx1-ubyte: labels: expected 4, one for each image of ' +
        't10k-images-idx3-ubyte, got 6',
    ],
    [
      'test images of another size',
      (files) => (files['t10k-images-idx3-ubyte'] = encodeIdx(images(4, 3, 2))),
      't10k-images-idx3-ubyte: image size: expected [2, 3] as in train-images-idx3-ubyte, ' +
        'got [3, 2]',
    ],
    [
      'a missing file',
      (files) => delete files['t10k-labels-idx1-ubyte'],
      't10k-labels-idx1-ubyte: expected its bytes in a Uint8Array, got undefined',
    ],
    [
      'an ArrayBuffer',
      (files) => (files['t10k-labels-idx1-ubyte'] = new ArrayBuffer(12)),
      't10k-labels-idx1-ubyte: expected its bytes in a Uint8Array, got ArrayBuffer',
    ],
  ];

  test.each(cases)('%s, before it looks at any hash', async (_, change, message) => {
    const source = tinyMnist();
    change(source);
    const file = message.slice(0, message.indexOf(':'));
    for (const verify of [false, true]) {
      const error = await rejectionOf(
        loadMnist({ source: source as Record<string, Uint8Array>, verify }),
      );
      expect(error).toBeInstanceOf(MnistError);
      expect(error).toMatchObject({ message: `${where} ${message}`, source: 'bytes', file });
    }
  });

  test('one changed byte anywhere, by the hash', async () => {
    const files = tinyMnist();
    const dataSet = specOf(files);
    for (const file of Object.keys(files) as TinyFile[]) {
      const bytes = Uint8Array.from(files[file]);
      bytes[bytes.length - 1] = 77;
      const source = { ...files, [file]: bytes };
      const [expected, got] = [hashOf(files[file]), hashOf(bytes)];
      expect(await rejectionOf(loadMnist({ source, dataSet }))).toMatchObject({
        file,
        message:
          `${where} ${file}: SHA-256 of the content: expected ${expected}, got ${got}; ` +
          'for other data give dataSet, or verify: false',
      });
    }
  });

  test('with the error of the format as the cause', async () => {
    const source = { ...tinyMnist(), 't10k-labels-idx1-ubyte': Uint8Array.of(0, 0, 8) };
    const error = await rejectionOf(loadMnist({ source, verify: false }));
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(IdxFormatError);
    expect(cause).toMatchObject({ offset: 3 });
  });

  test('with the first error in the order of the files, whichever comes first in time', async () => {
    const source: MnistSource = {
      name: 'slow start',
      async read(file) {
        if (file.startsWith('train')) await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error(`no ${file} today`);
      },
    };
    const error = await rejectionOf(loadMnist({ source }));
    expect(error).toBeInstanceOf(MnistError);
    expect(error).toMatchObject({
      message:
        'loadMnist: slow start: train-images-idx3-ubyte: expected its bytes, got an error: ' +
        'no train-images-idx3-ubyte today',
      cause: new Error('no train-images-idx3-ubyte today'),
    });
  });

  test('a MnistError of the source stays as it is', async () => {
    const own = new MnistError({ source: 'mine', file: 'train-images-idx3-ubyte' }, 'gone');
    const source: MnistSource = { name: 'mine', read: () => Promise.reject(own) };
    expect(await rejectionOf(loadMnist({ source }))).toBe(own);
  });

  test('a source that is a path', async () => {
    const options = { source: 'data/mnist' } as unknown as LoadMnistOptions;
    await expect(loadMnist(options)).rejects.toThrow(
      new TypeError(
        'loadMnist: source: expected a source, such as folderSource(path), or the bytes of each ' +
          'file, got String',
      ),
    );
  });

  test('to check hashes on a page without WebCrypto, but loads there without', async () => {
    vi.stubGlobal('crypto', {});
    await expect(loadMnist({ source: tinyMnist() })).rejects.toThrow(
      new Error(
        'loadMnist: verify: expected WebCrypto, which pages from https or localhost have, got ' +
          'none; verify: false does without',
      ),
    );
    expect(await loadMnist({ source: tinyMnist(), verify: false })).toEqual(tiny);
  });
});
