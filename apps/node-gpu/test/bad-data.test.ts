import { encodeIdx } from '@unroll/mnist-idx';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal } from './expect-refusal.js';
import { runUnroll } from './run-unroll.js';
import { temporaryFolder } from './temporary-folder.js';
import { images, labels, tinyData, type TinyFile, writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
const train = ['train', '--logdir', 'log'];

beforeAll(() => writeTinyData(data));

describe('data that cannot be used is one line that says where, and exit code 1', () => {
  const bad = join(folder, 'bad');
  const first = 'train-images-idx3-ubyte';
  const pixels = 't10k-images-idx3-ubyte';
  const digits = 't10k-labels-idx1-ubyte';
  const cut = images(250).subarray(0, 1000);
  const otherMagic = images(250);
  otherMagic[2] = 7;
  const ten = encodeIdx({ dtype: 'uint8', shape: [250], data: new Uint8Array(250).fill(10, 9) });

  const of = (file: TinyFile, what: string) => `loadMnist: folder ${bad}: ${file}: ${what}`;

  test.for<[string, Partial<Record<TinyFile, Uint8Array>>, string]>([
    [
      'a truncated file',
      { [pixels]: cut },
      of(pixels, 'size: expected 196016 bytes for uint8 of shape [250, 28, 28], got 1000'),
    ],
    [
      'a file that goes on',
      { [digits]: Buffer.concat([labels(250), cut]) },
      of(digits, 'size: expected 258 bytes for uint8 of shape [250], got 1258'),
    ],
    [
      'an empty file',
      { [digits]: new Uint8Array() },
      of(digits, 'magic number: expected 4 bytes, got 0'),
    ],
    [
      'a wrong magic number',
      { [pixels]: otherMagic },
      of(pixels, 'data type: expected one of 08, 09, 0b, 0c, 0d, 0e, got 07'),
    ],
    [
      'labels in place of images',
      { [pixels]: labels(250) },
      of(
        pixels,
        'expected images, uint8 of rank 3 (magic number 2051), got uint8 of rank 1 (magic number 2049)',
      ),
    ],
    [
      'images and labels of different counts',
      { [digits]: labels(249) },
      of(digits, `labels: expected 250, one for each image of ${pixels}, got 249`),
    ],
    [
      'half a gzip file',
      { [pixels]: gzipSync(images(250)).subarray(0, 500) },
      of(pixels, 'gzip: expected a whole stream, got a broken one: unexpected end of file'),
    ],
    [
      'other image sizes',
      { [first]: images(545, 56, 14), [pixels]: images(250, 56, 14) },
      `--data ${bad}: train images: expected 28 by 28, got 56 by 14`,
    ],
    [
      'a label that is no digit',
      { [digits]: ten },
      `--data ${bad}: test labels: expected 0 to 9, got 10 at 9`,
    ],
    [
      'no images',
      { [pixels]: images(0), [digits]: labels(0) },
      '--batch-size: expected at most 0, the number of test images, got 128',
    ],
  ])('%s', async ([, files, line]) => {
    await mkdir(bad, { recursive: true });
    for (const [name, bytes] of Object.entries({ ...tinyData(), ...files })) {
      await writeFile(join(bad, name), bytes);
    }
    await expectRefusal(folder, [...train, '--no-verify', '--data', bad], { exitCode: 1, line });
  });

  test('a folder that is not there', async () => {
    const nowhere = join(folder, 'nowhere');
    const line = `loadMnist: folder ${nowhere}: ${first}: expected a folder that holds it, got nothing there (ENOENT)`;
    await expectRefusal(folder, [...train, '--data', nowhere], { exitCode: 1, line });
  });

  test('a folder without the files, whatever characters are in the names that it has', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'a\n\u001B[31mb'), '');
    const dotted = 'train-images.idx3-ubyte';
    const line = `loadMnist: folder ${other}: ${first}: expected ${first} or ${dotted} or ${first}.gz or ${dotted}.gz, got a [31mb`;
    await expectRefusal(folder, [...train, '--data', other], { exitCode: 1, line });
  });

  test("content that is not MNIST's, unless that is wanted", async () => {
    const { exitCode, stderr } = await runUnroll([...train, '--data', data], { cwd: folder });
    expect(exitCode).toBe(1);
    const line =
      /^unroll: loadMnist: .*: train-images-idx3-ubyte: SHA-256 .*: expected ba89.*, got .*\n$/;
    expect(stderr).toMatch(line);
  });

  test.for(['251', '501'])('fewer examples than a batch of %s', async (size) => {
    const args = [...train, '--data', data, '--no-verify', '--batch-size', size];
    const line = `--batch-size: expected at most 250, the number of test images, got ${size}`;
    await expectRefusal(folder, args, { exitCode: 1, line });
  });
});
