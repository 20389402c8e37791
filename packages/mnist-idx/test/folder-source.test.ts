import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadMnist, MNIST, MnistError } from '@unroll/mnist-idx';
import { folderSource } from '@unroll/mnist-idx/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rejectionOf } from './errors.js';
import { tinyMnist } from './tiny-mnist.js';

const FILE = 'train-images-idx3-ubyte';
const NAMES =
  'train-images-idx3-ubyte or train-images.idx3-ubyte or train-images-idx3-ubyte.gz or ' +
  'train-images.idx3-ubyte.gz';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-folder-source-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function read(path: string): Promise<Uint8Array> {
  const spec = MNIST.files.trainImages;
  return folderSource(path).read(FILE, { dataSet: MNIST, spec, verify: true, signal: undefined });
}

async function write(name: string, bytes: Uint8Array = Uint8Array.of(1)): Promise<void> {
  await writeFile(join(folder, name), bytes);
}

describe('folderSource', () => {
  test('reads files of any of their names, gzipped or not', async () => {
    const files = tinyMnist();
    await write('train-images-idx3-ubyte', files['train-images-idx3-ubyte']);
    await write('train-labels.idx1-ubyte', files['train-labels-idx1-ubyte']);
    await write('t10k-images-idx3-ubyte.gz', gzipSync(files['t10k-images-idx3-ubyte']));
    await write('t10k-labels.idx1-ubyte.gz', gzipSync(files['t10k-labels-idx1-ubyte']));
    const fromFolder = await loadMnist({ source: folderSource(folder), verify: false });
    expect(fromFolder).toEqual(await loadMnist({ source: files, verify: false }));
  });

  test('takes the uncompressed file where both are there', async () => {
    await write(FILE, Uint8Array.of(1, 2));
    await write(`${FILE}.gz`, Uint8Array.of(3));
    expect([...(await read(folder))]).toEqual([1, 2]);
  });

  test('passes by a folder that has the name of the file', async () => {
    await mkdir(join(folder, FILE));
    await write('train-images.idx3-ubyte', Uint8Array.of(4));
    expect([...(await read(folder))]).toEqual([4]);
  });

  test('takes a relative path or a URL, and calls itself by the whole path', async () => {
    const name = `folder ${folder}`;
    expect(folderSource(folder).name).toBe(name);
    expect(folderSource(relative(process.cwd(), folder)).name).toBe(name);
    expect(folderSource(pathToFileURL(folder)).name).toBe(name);
  });
});

describe('folderSource refuses', () => {
  test('a folder that is not there', async () => {
    const path = join(folder, 'nowhere');
    const error = await rejectionOf(loadMnist({ source: folderSource(path) }));
    expect(error).toBeInstanceOf(MnistError);
    expect(error).toMatchObject({
      message:
        `loadMnist: folder ${path}: ${FILE}: expected a folder that holds it, ` +
        'got nothing there (ENOENT)',
      source: `folder ${path}`,
      file: FILE,
      cause: { code: 'ENOENT' },
    });
  });

  test('a file in the place of the folder', async () => {
    await write('mnist.zip');
    const path = join(folder, 'mnist.zip');
    expect(await rejectionOf(read(path))).toMatchObject({
      message:
        `loadMnist: folder ${path}: ${FILE}: expected a folder that holds it, ` +
        'got something that is no folder (ENOTDIR)',
    });
  });

  test('an empty folder', async () => {
    expect(await rejectionOf(read(folder))).toMatchObject({
      message: `loadMnist: folder ${folder}: ${FILE}: expected ${NAMES}, got no files`,
    });
  });

  test('a folder without the file, and says what is there', async () => {
    await Promise.all(['b.txt', 'a.txt', 'train-images-idx3-ubyte.zip'].map((name) => write(name)));
    expect(await rejectionOf(read(folder))).toMatchObject({
      message:
        `loadMnist: folder ${folder}: ${FILE}: expected ${NAMES}, ` +
        'got a.txt, b.txt, train-images-idx3-ubyte.zip',
      file: FILE,
    });
  });

  test('a folder of many other files, and names ten', async () => {
    await Promise.all(Array.from({ length: 13 }, (_, i) => write(String(i).padStart(2, '0'))));
    expect(await rejectionOf(read(folder))).toMatchObject({
      message:
        `loadMnist: folder ${folder}: ${FILE}: expected ${NAMES}, ` +
        'got 00, 01, 02, 03, 04, 05, 06, 07, 08, 09 and 3 more',
    });
  });

  test('a link that leads nowhere', async () => {
    await symlink('nowhere', join(folder, FILE));
    expect(await rejectionOf(read(folder))).toMatchObject({
      message:
        `loadMnist: folder ${folder}: ${FILE}: expected ${FILE} to be readable, ` +
        'got nothing there (ENOENT)',
    });
  });

  test('a file that breaks the format, by its folder and name', async () => {
    const files = tinyMnist();
    files['t10k-images-idx3-ubyte'] = files['t10k-images-idx3-ubyte'].subarray(0, 30);
    await Promise.all(Object.entries(files).map(([file, bytes]) => write(file, bytes)));
    expect(await rejectionOf(loadMnist({ source: folderSource(folder) }))).toMatchObject({
      message:
        `loadMnist: folder ${folder}: t10k-images-idx3-ubyte: size: expected 40 bytes for uint8 ` +
        'of shape [4, 2, 3], got 30',
    });
  });
});
