import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataSetSpec, loadMnist } from '@unroll/mnist-idx';
import { downloadSource, folderSource } from '@unroll/mnist-idx/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheOf } from './cache-of.js';
import { rejectionOf } from './errors.js';
import { type Answer, cutAt, Mirror } from './mirror.js';
import { gzipSpec, noisyMnist, published } from './noisy-mnist.js';
import { hashOf } from './tiny-mnist.js';
import { zipOf } from './zip-of.js';

const zip = zipOf({
  'gzip/readme.txt': Buffer.from('not a data set'),
  ...Object.fromEntries(Object.entries(published).map(([name, bytes]) => [`gzip/${name}`, bytes])),
});

/** The noisy data set as EMNIST is published. */
const zipped: DataSetSpec = {
  ...gzipSpec,
  archive: { name: 'gzip.zip', folder: 'gzip/', sha256: hashOf(zip) },
};

let folder: string;
let mirrors: Mirror[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-archive-'));
  mirrors = [];
});

afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.stop()));
  await rm(folder, { recursive: true });
});

async function start(bytes: Uint8Array = zip, answer?: Answer): Promise<Mirror> {
  const mirror = await Mirror.start({ 'gzip.zip': bytes }, answer);
  mirrors.push(mirror);
  return mirror;
}

function load(from: readonly Mirror[], dataSet = zipped) {
  const urls = from.map((mirror) => mirror.url);
  return loadMnist({ source: downloadSource({ mirrors: urls, cache: folder }), dataSet });
}

describe('downloadSource of a data set in an archive', () => {
  test('downloads the archive once for all four files, and keeps it', async () => {
    const mirror = await start();
    expect(await load([mirror])).toEqual(noisyMnist);
    expect(mirror.asked).toHaveLength(1);
    expect(await load([])).toEqual(noisyMnist);
    expect(await cacheOf(folder)).toEqual({ 'gzip.zip': hashOf(zip) });
  });

  test('asks for the rest of it after a cut', async () => {
    const mirror = await start(zip, cutAt(0.5));
    expect(await load([mirror])).toEqual(noisyMnist);
    expect(mirror.asked.map(({ range }) => range)).toEqual([
      undefined,
      `bytes=${Math.floor(zip.length / 2)}-`,
    ]);
  });

  test('leaves a mirror that has another archive for the next', async () => {
    const other = await start(zipOf({ 'gzip/readme.txt': Buffer.from('moved') }));
    expect(await load([other, await start()])).toEqual(noisyMnist);
    expect(await cacheOf(folder)).toEqual({ 'gzip.zip': hashOf(zip) });
  });

  test.each([
    ['cut short', zip.subarray(0, zip.length / 2)],
    ['without the files', zipOf({ 'readme.txt': Buffer.from('moved') })],
    [
      'changed inside a file',
      Buffer.concat([zip.subarray(0, 500), Buffer.of(1), zip.subarray(501)]),
    ],
    ['no archive', Buffer.from('<html>')],
  ])('downloads one anew that is %s in the cache', async (_, bad) => {
    const mirror = await start();
    await load([mirror]);
    await writeFile(join(folder, 'noisy-mnist', 'gzip.zip'), bad);
    mirror.asked.length = 0;
    expect(await load([mirror])).toEqual(noisyMnist);
    expect(mirror.asked).toHaveLength(1);
    expect(await cacheOf(folder)).toEqual({ 'gzip.zip': hashOf(zip) });
  });

  test('does not download a sound one again for a table that it does not fit', async () => {
    const mirror = await start();
    await load([mirror]);
    mirror.asked.length = 0;
    const { trainLabels } = zipped.files;
    const files = { ...zipped.files, trainLabels: { ...trainLabels, gzipSha256: '0'.repeat(64) } };
    expect(await rejectionOf(load([mirror], { ...zipped, files }))).toMatchObject({
      file: trainLabels.name,
      message: expect.stringContaining(`SHA-256 of the .gz file: expected ${'0'.repeat(64)}`),
    });
    expect(mirror.asked).toEqual([]);
  });

  test('says of a mirror with another archive what it has', async () => {
    const mirror = await start(Buffer.from('<html>'));
    expect(await rejectionOf(load([mirror]))).toMatchObject({
      message: expect.stringContaining(
        `${mirror.url}gzip.zip: SHA-256 of the archive: expected ${hashOf(zip)}, got `,
      ),
    });
    expect(await cacheOf(folder)).toEqual({});
  });
});

describe('folderSource of a data set in an archive', () => {
  test('reads from the archive where the files are not there', async () => {
    await writeFile(join(folder, 'gzip.zip'), zip);
    expect(await loadMnist({ source: folderSource(folder), dataSet: zipped })).toEqual(noisyMnist);
  });

  test('reads the files where they are', async () => {
    await writeFile(join(folder, 'gzip.zip'), 'not one');
    for (const [name, bytes] of Object.entries(published)) {
      await writeFile(join(folder, name), bytes);
    }
    expect(await loadMnist({ source: folderSource(folder), dataSet: zipped })).toEqual(noisyMnist);
  });

  test('says what an archive lacks', async () => {
    await writeFile(join(folder, 'gzip.zip'), zipOf({ 'readme.txt': Buffer.from('moved') }));
    const loaded = loadMnist({ source: folderSource(folder), dataSet: zipped });
    expect(await rejectionOf(loaded)).toMatchObject({
      message:
        `loadMnist: folder ${folder}: train-images-idx3-ubyte: expected its bytes, got an error: ` +
        'expected an archive that has gzip/train-images-idx3-ubyte.gz',
    });
  });
});
