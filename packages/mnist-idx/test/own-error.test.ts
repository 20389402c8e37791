import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadMnist } from '@unroll/mnist-idx';
import { downloadSource } from '@unroll/mnist-idx/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheOf } from './cache-of.js';
import { bundleChild } from './children.js';
import { rejectionOf } from './errors.js';
import { Mirror } from './mirror.js';
import { noisySpec, published } from './noisy-mnist.js';

let folder: string;
let cache: string;
let mirrors: [Mirror, Mirror];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-own-error-'));
  cache = join(folder, 'cache');
  mirrors = [await Mirror.start(published), await Mirror.start(published)];
});

afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.stop()));
  await rm(folder, { recursive: true });
});

describe('what is no mirror’s fault', () => {
  test('an error of the progress callback, is the cause, and asks no other mirror', async () => {
    const failure = new Error('no screen');
    const onProgress = () => {
      throw failure;
    };
    const source = downloadSource({ mirrors: mirrors.map(({ url }) => url), cache, onProgress });
    expect(await rejectionOf(loadMnist({ source, dataSet: noisySpec }))).toMatchObject({
      message: expect.stringMatching(/expected its bytes, got an error: no screen$/),
      cause: failure,
    });
    expect(mirrors.map(({ asked }) => asked.length)).toEqual([4, 0]);
    expect(await cacheOf(cache)).toEqual({});
  });

  test('a disk that takes no more, is told as it is, and asks no other mirror', async ({
    skip,
  }) => {
    skip(process.platform === 'win32', 'Windows has no limit on the size of a file');
    const script = await bundleChild(folder);
    // No file may grow past 8 blocks of 512 or 1024 bytes, and to try is an error, not the end.
    const limited = `trap '' XFSZ; ulimit -f 8; exec "$@"`;
    const table = JSON.stringify(noisySpec);
    const urls = mirrors.map(({ url }) => url).join();
    const command = ['-c', limited, 'sh', process.execPath, script, cache, urls, table];
    expect(await rejectionOf(promisify(execFile)('sh', command))).toMatchObject({
      stderr: expect.stringMatching(/: expected its bytes, got an error: EFBIG: [^;]*$/),
    });
    expect(mirrors.map(({ asked }) => asked.length)).toEqual([4, 0]);
    const kept = Object.keys(await cacheOf(cache)).filter((name) => name.includes('images'));
    expect(kept).toEqual([]);
  });
});

describe('the time-out', () => {
  test('may be none at all', async () => {
    const source = downloadSource({ mirrors: mirrors[0].url, cache, timeout: Infinity });
    const { train } = await loadMnist({ source, dataSet: noisySpec });
    expect(train.images.dtype).toBe('uint8');
  });

  test.each([0, -1, Number.NaN])('of %s is refused at the call', (timeout) => {
    expect(() => downloadSource({ cache, timeout })).toThrow(
      new RangeError(`downloadSource: timeout: expected more than 0 milliseconds, got ${timeout}`),
    );
  });
});
