import { mkdirSync, readdirSync } from 'node:fs';
import { encodeIdx } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import type { ConvertOptions } from '../../src/cli/convert.js';
import { FileError, UsageError } from '../../src/cli/file-error.js';
import { encodePng } from '../../src/cli/png-image.js';
import { rejectionOf } from '../errors.js';
import { images, labels } from '../tiny-mnist.js';
import { convertFiles } from './convert-files.js';

const { path, write, read, files, run } = convertFiles();
const messageOf = async (promise: Promise<unknown>) => {
  const error = await rejectionOf(promise);
  if (!(error instanceof Error)) throw error;
  return error.message.replaceAll(`${path()}/`, '');
};

const twelve = encodeIdx(images(12, 2, 3));
const twelveLabels = encodeIdx(labels(12));

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
    // Numbers that take their time to be deflated.
    const data = Uint8Array.from({ length: 10_000 * 784 }, (_, i) => Math.imul(i, i) >>> 7);
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
