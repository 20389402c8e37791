import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodeIdx, type IdxArray } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { convert, type ConvertOptions } from '../../src/cli/convert.js';
import { FileError, UsageError } from '../../src/cli/file-error.js';
import { parseNpy } from '../../src/cli/parse-npy.js';
import { encodePng } from '../../src/cli/png-image.js';
import { rejectionOf } from '../errors.js';
import { EXAMPLES } from '../idx-bytes.js';
import { images, labels } from '../tiny-mnist.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();
const run = (from: string, into: string, options: Partial<ConvertOptions> = {}) =>
  convert(path(from), path(into), { signal: new AbortController().signal, ...options });

/** All files of the folder, in folders too. */
const files = () => {
  const entries = readdirSync(path(), { recursive: true, withFileTypes: true });
  const named = entries.map(({ name, parentPath }) =>
    `${parentPath}/${name}`.slice(path().length + 1),
  );
  return named.filter((_, at) => entries[at]?.isFile()).toSorted();
};
const write = (name: string, bytes: Uint8Array) => writeFileSync(path(name), bytes);
const read = (name: string) => new Uint8Array(readFileSync(path(name)));
const messageOf = async (promise: Promise<unknown>) => {
  const error = await rejectionOf(promise);
  if (!(error instanceof Error)) throw error;
  return error.message.replaceAll(`${path()}/`, '');
};

const twelve = encodeIdx(images(12, 2, 3));
const twelveLabels = encodeIdx(labels(12));

describe('convert between IDX and .npy', () => {
  test.each(EXAMPLES)('keeps every bit of $array.dtype', async ({ array, bytes }) => {
    write('a.idx', bytes);
    await run('a.idx', 'a.npy');
    expect(parseNpy(read('a.npy'), 'a.npy')).toEqual(array);
    await run('a.npy', 'b.idx');
    expect(read('b.idx')).toEqual(bytes);
    await run('a.npy', 'c.idx.gz');
    expect(new Uint8Array(gunzipSync(read('c.idx.gz')))).toEqual(bytes);
    await run('c.idx.gz', 'd.npy');
    expect(read('d.npy')).toEqual(read('a.npy'));
    expect(files()).toEqual(['a.idx', 'a.npy', 'b.idx', 'c.idx.gz', 'd.npy']);
  });

  test('makes what --to says, whatever the name', async () => {
    write('a.idx', twelve);
    expect(await run('a.idx', 'a.bin', { to: 'npy' })).toEqual([
      `${path('a.bin')}: uint8 [12, 2, 3]`,
    ]);
    expect(parseNpy(read('a.bin'), 'a.bin').shape).toEqual([12, 2, 3]);
  });
});

describe('convert to PNGs and back', () => {
  test('sorts images into folders of their labels, from the file beside them, and keeps their order', async () => {
    write('x-images-idx3-ubyte.gz', gzipSync(twelve));
    write('x-labels-idx1-ubyte', twelveLabels);
    await run('x-images-idx3-ubyte.gz', 'digits/');
    const pngs = files().filter((name) => name.startsWith('digits/'));
    expect(pngs.map((name) => name.slice('digits/'.length, -'.png'.length))).toEqual([
      '0/09',
      '1/08',
      '2/07',
      '3/06',
      '4/05',
      '5/04',
      '6/03',
      '7/02',
      '8/01',
      '8/11',
      '9/00',
      '9/10',
    ]);
    await run('digits', 'y-images-idx3-ubyte');
    expect(read('y-images-idx3-ubyte')).toEqual(twelve);
    expect(read('y-labels-idx1-ubyte')).toEqual(twelveLabels);
  });

  test('puts zeros before labels, so that their order by name is that by number', async () => {
    write('images.idx', twelve);
    const wide = Int32Array.from({ length: 12 }, (_, i) => (i % 3) * 150);
    write('labels.idx', encodeIdx({ dtype: 'int32', shape: [12], data: wide }));
    await run('images.idx', 'out/');
    expect(readdirSync(path('out')).toSorted()).toEqual(['000', '150', '300']);
    await run('out', 'back-images.npy');
    expect(parseNpy(read('back-labels.npy'), 'labels')).toEqual({
      dtype: 'int32',
      shape: [12],
      data: wide,
    });
  });

  test('puts images without labels into one folder', async () => {
    write('a.idx', twelve);
    await run('a.idx', 'out/');
    expect(files().slice(1)).toEqual(
      Array.from({ length: 12 }, (_, i) => `out/${String(i).padStart(2, '0')}.png`),
    );
    await run('out', 'b.idx');
    expect(read('b.idx')).toEqual(twelve);
    expect(files()).toHaveLength(14);
  });

  test('leaves labels out where that is said', async () => {
    write('images.idx', twelve);
    write('labels.idx', twelveLabels);
    await run('images.idx', 'flat/', { labels: false });
    expect(readdirSync(path('flat'))).toHaveLength(12);
    await run('images.idx', 'classes/');
    await run('classes', 'only.idx', { labels: false });
    expect(read('only.idx')).toEqual(twelve);
  });

  test('takes the class of QMNIST’s labels from their first column', async () => {
    write('q-images-idx3-ubyte', encodeIdx(images(2, 2, 3)));
    const data = new Int32Array(16);
    data.set([4], 0);
    data.set([7], 8);
    write('q-labels-idx2-int', encodeIdx({ dtype: 'int32', shape: [2, 8], data }));
    await run('q-images-idx3-ubyte', 'out/');
    expect(files().slice(0, 2)).toEqual(['out/4/0.png', 'out/7/1.png']);
  });

  test('turns rows into columns on the way, both ways', async () => {
    write('a.idx', encodeIdx(images(1, 2, 3)));
    await run('a.idx', 'out/', { transpose: true });
    await run('out', 'b.idx');
    const turned: IdxArray = {
      dtype: 'uint8',
      shape: [1, 3, 2],
      data: Uint8Array.of(0, 21, 7, 28, 14, 35),
    };
    expect(read('b.idx')).toEqual(encodeIdx(turned));
    await run('out', 'c.idx', { transpose: true });
    expect(read('c.idx')).toEqual(read('a.idx'));
  });

  test('takes classes by name in their order, as ImageFolder does', async () => {
    const png = (grey: number) => encodePng({ rows: 1, columns: 1, pixels: Uint8Array.of(grey) });
    for (const name of ['dog', 'cat']) mkdirSync(path('pets', name), { recursive: true });
    write('pets/dog/a.png', png(1));
    write('pets/cat/b.PNG', png(2));
    write('pets/cat/c.png', png(3));
    write('pets/cat/notes.txt', Uint8Array.of());
    await run('pets', 'images.idx');
    expect([...read('images.idx').subarray(-3)]).toEqual([2, 3, 1]);
    expect([...read('labels.idx').subarray(-3)]).toEqual([0, 0, 1]);
  });
});

describe('convert refuses', () => {
  test('to write over what is there, unless forced', async () => {
    write('a.idx', twelve);
    write('b.idx', Uint8Array.of(1));
    expect(await messageOf(run('a.idx', 'b.idx'))).toBe(
      'b.idx: expected nothing there, got a file or folder (see --force)',
    );
    expect(read('b.idx')).toEqual(Uint8Array.of(1));
    await run('a.idx', 'b.idx', { force: true });
    expect(read('b.idx')).toEqual(twelve);
    expect(files()).toEqual(['a.idx', 'b.idx']);
  });

  test('to replace a folder with other files, even if forced', async () => {
    write('a.idx', twelve);
    await run('a.idx', 'out/');
    write('three.idx', encodeIdx(images(3, 2, 3)));
    await run('three.idx', 'out/', { force: true });
    expect(readdirSync(path('out'))).toEqual(['0.png', '1.png', '2.png']);

    write('out/.git', Uint8Array.of());
    expect(await messageOf(run('a.idx', 'out/', { force: true }))).toBe(
      'out/: expected nothing but PNGs in a folder to replace, got out/.git',
    );
    expect(readdirSync(path('out'))).toHaveLength(4);
  });

  test('but an empty folder is nothing', async () => {
    write('a.idx', twelve);
    mkdirSync(path('out'));
    await run('a.idx', 'out');
    expect(readdirSync(path('out'))).toHaveLength(12);
  });

  test('a folder whose labels have no place to go', async () => {
    write('images.idx', twelve);
    write('labels.idx', twelveLabels);
    await run('images.idx', 'out/');
    const error = await rejectionOf(run('out', 'all.idx'));
    expect(error).toBeInstanceOf(UsageError);
    expect(files()).not.toContain('all.idx');
  });

  test.each<
    [what: string, from: string, into: string, options: Partial<ConvertOptions>, message: string]
  >([
    [
      'a name that says nothing',
      'a.idx',
      'b',
      {},
      'b: expected a name that says what to make: end in .npy or .idx (.gz), or in a slash for a folder of PNGs, or --to',
    ],
    [
      'labels between files',
      'a.idx',
      'a.npy',
      { labels: 'x' },
      '--labels: expected a folder of PNGs on one side, got files',
    ],
    [
      'turned arrays between files',
      'a.idx',
      'a.npy',
      { transpose: true },
      '--transpose: expected a folder of PNGs on one side, got files',
    ],
    [
      'a missing file',
      'none.idx',
      'a.npy',
      {},
      'none.idx: expected a readable file, got nothing there (ENOENT)',
    ],
    [
      'a missing folder',
      'a.idx',
      'none/a.npy',
      {},
      'none/a.npy: expected to be written, got nothing there (ENOENT)',
    ],
    [
      'what is no image',
      'short.idx',
      'out/',
      {},
      'short.idx: expected images, uint8 [n, rows, columns], got int16 [2]',
    ],
    ['an empty folder', 'empty', 'b.idx', {}, 'empty: expected PNG images (*.png), got none'],
    [
      'images of other formats',
      'photos',
      'b.idx',
      {},
      'photos/a.jpg: expected PNG images only, got another',
    ],
    [
      'images of two sizes',
      'sizes',
      'b.idx',
      {},
      'sizes/b.png: expected 1 by 1 pixels as sizes/a.png has, got 1 by 2',
    ],
    [
      'images in two places',
      'places',
      'b.idx',
      {},
      'places: expected PNGs in it or in folders of classes, got places/a.png and places/0/a.png',
    ],
    ['a broken image', 'broken', 'b.idx', {}, 'broken/a.png: expected a PNG, got 1 bytes'],
    [
      'labels of a folder that has none',
      'flat',
      'b.idx',
      { labels: 'c.idx' },
      'flat: labels: expected folders of classes, got none',
    ],
    [
      'a damaged file',
      'damaged.idx',
      'b.npy',
      {},
      'damaged.idx: size: expected 88 bytes for uint8 of shape [12, 2, 3], got 87',
    ],
  ])('%s, and leaves nothing behind', async (_, from, into, options, message) => {
    write('a.idx', twelve);
    write('damaged.idx', twelve.subarray(0, -1));
    write('short.idx', encodeIdx({ dtype: 'int16', shape: [2], data: Int16Array.of(1, 2) }));
    const one = encodePng({ rows: 1, columns: 1, pixels: Uint8Array.of(1) });
    for (const name of ['empty', 'photos', 'sizes', 'places/0', 'broken', 'flat']) {
      mkdirSync(path(name), { recursive: true });
    }
    write('photos/a.jpg', one);
    for (const name of ['sizes/a', 'places/a', 'places/0/a', 'flat/a']) write(`${name}.png`, one);
    write('sizes/b.png', encodePng({ rows: 1, columns: 2, pixels: Uint8Array.of(1, 2) }));
    write('broken/a.png', Uint8Array.of(1));
    const before = files();
    expect(await messageOf(run(from, into, options))).toBe(message);
    expect(files()).toEqual(before);
  });

  test('labels of another number of images', async () => {
    write('images.idx', twelve);
    write('labels.idx', encodeIdx(labels(11)));
    const error = await rejectionOf(run('images.idx', 'out/'));
    expect(error).toBeInstanceOf(FileError);
    expect(files()).toEqual(['images.idx', 'labels.idx']);
  });
});

describe('convert that is aborted', () => {
  test.each(['out/', 'out.npy', 'out.idx.gz'])('leaves nothing of %s', async (into) => {
    const data = new Uint8Array(10_000 * 784);
    write('a.idx', encodeIdx({ dtype: 'uint8', shape: [10_000, 28, 28], data }));
    const controller = new AbortController();
    const converting = run('a.idx', into, { signal: controller.signal });
    // As soon as there is something to leave.
    const watch = setInterval(() => {
      if (readdirSync(path()).length > 1) controller.abort();
    }, 1);
    expect(await rejectionOf(converting)).toBe(controller.signal.reason);
    clearInterval(watch);
    expect(readdirSync(path())).toEqual(['a.idx']);
  });
});
