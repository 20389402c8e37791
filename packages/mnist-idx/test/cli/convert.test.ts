import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodeIdx, type IdxArray } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { parseNpy } from '../../src/cli/parse-npy.js';
import { encodePng } from '../../src/cli/png-image.js';
import { EXAMPLES } from '../idx-bytes.js';
import { images, labels } from '../tiny-mnist.js';
import { convertFiles } from './convert-files.js';

const { path, write, read, files, run } = convertFiles();
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

  test('goes over links to folders, and replaces none', async ({ skip }) => {
    skip(process.platform === 'win32', 'links need a right of their own on Windows');
    const png = encodePng({ rows: 1, columns: 1, pixels: Uint8Array.of(7) });
    for (const name of ['digits/3', 'elsewhere']) mkdirSync(path(name), { recursive: true });
    write('digits/3/a.png', png);
    write('elsewhere/b.png', png);
    symlinkSync(path('elsewhere'), path('digits/5'));
    symlinkSync(path('digits'), path('link'));
    await run('link', 'images.idx');
    expect([...read('labels.idx').subarray(-2)]).toEqual([3, 5]);
    await expect(run('images.idx', 'link', { to: 'png' })).rejects.toThrow(
      /link: expected nothing there, got a file or folder/,
    );
  });
});
