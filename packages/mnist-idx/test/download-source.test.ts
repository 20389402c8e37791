import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadMnist, MnistError } from '@unroll/mnist-idx';
import { downloadSource, type FetchProgress } from '@unroll/mnist-idx/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheOf, WHOLE_CACHE } from './cache-of.js';
import { rejectionOf } from './errors.js';
import { HOPELESS, STRANGE } from './hostile-servers.js';
import { type Answer, cutAt, ETAG, honest, Mirror, stallAt } from './mirror.js';
import { gzipSpec, noisyMnist, noisySpec, published } from './noisy-mnist.js';
import { hashOf } from './tiny-mnist.js';

const IMAGES = 'train-images-idx3-ubyte.gz';
const SIZE = published[IMAGES]?.length ?? 0;

let cache: string;
let mirrors: Mirror[];

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'unroll-download-'));
  mirrors = [];
});

afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.stop()));
  await rm(cache, { recursive: true });
});

async function start(answer?: Answer, files = published): Promise<Mirror> {
  const mirror = await Mirror.start(files, answer);
  mirrors.push(mirror);
  return mirror;
}

interface Load {
  readonly from: readonly Mirror[];
  readonly dataSet?: typeof noisySpec;
  readonly signal?: AbortSignal;
  readonly verify?: boolean;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly timeout?: number;
}

/** Short where a server is silent, and else long enough for a machine that has much to do. */
function timeoutFor(what: string): number {
  return /stalls|nothing/.test(what) ? 500 : 20_000;
}

function load({
  from,
  dataSet = noisySpec,
  onProgress = () => {},
  timeout = 20_000,
  ...rest
}: Load) {
  const source = downloadSource({
    mirrors: from.map((mirror) => mirror.url),
    cache,
    timeout,
    onProgress,
  });
  return loadMnist({ source, dataSet, ...rest });
}

const cached = () => cacheOf(cache);

describe('downloadSource', () => {
  test.each(STRANGE)('loads from a server that %s, and keeps four files', async (what, answer) => {
    const timeout = timeoutFor(what);
    for (const dataSet of [noisySpec, gzipSpec]) {
      const mirror = await start(answer);
      expect(await load({ from: [mirror], dataSet, timeout })).toEqual(noisyMnist);
      expect(await cached()).toEqual(WHOLE_CACHE);
      await rm(join(cache, 'noisy-mnist'), { recursive: true });
    }
  });

  test.each(HOPELESS)('goes on to the next mirror from one that %s', async (what, answer) => {
    const from = [await start(answer), await start()];
    expect(await load({ from, timeout: timeoutFor(what) })).toEqual(noisyMnist);
    expect(await cached()).toEqual(WHOLE_CACHE);
  });

  test.each(HOPELESS)(
    'leaves nothing behind of a server that %s, and says what it did',
    async (what, answer, message) => {
      const mirror = await start(answer);
      const error = await rejectionOf(load({ from: [mirror], timeout: timeoutFor(what) }));
      expect(error).toBeInstanceOf(MnistError);
      const { message: got, file, source } = error as MnistError;
      expect({ file, source }).toEqual({
        file: 'train-images-idx3-ubyte',
        source: `cache ${cache}`,
      });
      const begin = `loadMnist: cache ${cache}: ${file}: expected it from a mirror, got `;
      const where = `${begin}${mirror.url}${IMAGES}: `;
      expect(got.slice(0, where.length)).toBe(where);
      expect(got.slice(where.length)).toMatch(message);
      const kept = await cached();
      expect(kept).not.toHaveProperty([IMAGES]);
      // One that serves another file for all serves the right one once.
      expect(WHOLE_CACHE).toMatchObject(kept);
    },
  );

  test('asks for the rest of the same version after a cut', async () => {
    const mirror = await start(cutAt(0.5));
    await load({ from: [mirror] });
    const asked = mirror.asked.filter(({ file }) => file === IMAGES);
    expect(asked).toEqual([
      { file: IMAGES, range: undefined, ifRange: undefined },
      { file: IMAGES, range: `bytes=${Math.floor(SIZE / 2)}-`, ifRange: ETAG },
    ]);
  });

  test('asks a server that gives a little and stalls, each time, three times', async () => {
    const mirror = await start((exchange) => {
      const { request } = exchange;
      if (request.url === `/${IMAGES}`) stallAt(0.01)(exchange);
      else honest(exchange);
    });
    await rejectionOf(load({ from: [mirror], timeout: 500 }));
    expect(mirror.asked.filter(({ file }) => file === IMAGES)).toHaveLength(3);
  });

  test('begins anew where the version has changed in the middle', async () => {
    const mirror = await start((exchange) => {
      const { response, bytes, before } = exchange;
      const old = before === 0;
      if (old) {
        response.writeHead(200, { 'content-length': bytes.length, etag: '"v0"' });
        response.write(Buffer.alloc(bytes.length / 2, 'old'), () => response.destroy());
      } else if (exchange.request.headers['if-range'] === ETAG) honest(exchange);
      else response.writeHead(200, { 'content-length': bytes.length, etag: ETAG }).end(bytes);
    });
    expect(await load({ from: [mirror] })).toEqual(noisyMnist);
    expect(await cached()).toEqual(WHOLE_CACHE);
  });

  test('asks nobody for what is in the cache', async () => {
    const mirror = await start();
    await load({ from: [mirror] });
    expect(mirror.asked).toHaveLength(4);
    expect(await load({ from: [] })).toEqual(noisyMnist);
  });

  test('downloads anew what has gone bad in the cache, and only that', async () => {
    const mirror = await start();
    await load({ from: [mirror] });
    const path = join(cache, 'noisy-mnist', IMAGES);
    const bad: readonly Uint8Array[] = [
      Uint8Array.of(),
      (published[IMAGES] as Uint8Array).subarray(0, -1),
      Buffer.from('<html>'),
    ];
    for (const bytes of bad) {
      await writeFile(path, bytes);
      mirror.asked.length = 0;
      expect(await load({ from: [mirror] })).toEqual(noisyMnist);
      expect(mirror.asked.map(({ file }) => file)).toEqual([IMAGES]);
      expect(await cached()).toEqual(WHOLE_CACHE);
    }
  });

  test('keeps the files of data sets of one name, but other hashes, apart by their hashes', async () => {
    const other = { ...noisySpec, files: { ...noisySpec.files } };
    other.files.trainLabels = { ...other.files.trainLabels, sha256: '0'.repeat(64) };
    const mirror = await start();
    await load({ from: [mirror] });
    expect(await rejectionOf(load({ from: [mirror], dataSet: other }))).toMatchObject({
      file: 'train-labels-idx1-ubyte',
    });
    expect(await cached()).toEqual(WHOLE_CACHE);
  });

  test('takes a file from a server that sends it inflated', async () => {
    const inflating: Answer = ({ response, bytes }) => response.end(gunzipSync(bytes));
    expect(await load({ from: [await start(inflating)] })).toEqual(noisyMnist);
    expect(await load({ from: [] })).toEqual(noisyMnist);
  });

  test('neither checks nor keeps anything with verify: false', async () => {
    const other = { ...noisySpec, files: { ...noisySpec.files } };
    other.files.trainLabels = { ...other.files.trainLabels, sha256: '0'.repeat(64) };
    const mirror = await start();
    const loaded = await load({ from: [mirror], dataSet: other, verify: false });
    expect(loaded).toEqual(noisyMnist);
    expect(await cached()).toEqual({});
  });

  test('tells how far each file is', async () => {
    const seen: FetchProgress[] = [];
    const mirror = await start(cutAt(0.5));
    await load({ from: [mirror], onProgress: (progress) => seen.push(progress) });
    const images = seen.filter(({ file }) => file === 'train-images-idx3-ubyte');
    const bytes = images.map((progress) => progress.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect([bytes.at(0), bytes.at(-1)]).toEqual([0, SIZE]);
    expect(new Set(images.map(({ total }) => total))).toEqual(new Set([SIZE]));
    expect(new Set(images.map(({ url }) => url))).toEqual(new Set([mirror.url + IMAGES]));
  });

  test('without a mirror says so', async () => {
    expect(await rejectionOf(load({ from: [] }))).toMatchObject({
      message:
        `loadMnist: cache ${cache}: train-images-idx3-ubyte: ` +
        'expected mirrors in the options or the table, got none',
    });
  });

  test('says what is wrong with a cache that cannot be written', async () => {
    await writeFile(join(cache, 'noisy-mnist'), 'a file');
    expect(await rejectionOf(load({ from: [await start()] }))).toMatchObject({
      message: expect.stringContaining('EEXIST'),
    });
  });
});

describe('an abort', () => {
  test('before the start asks no server', async () => {
    const mirror = await start();
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);
    expect(await rejectionOf(load({ from: [mirror], signal }))).toBe(reason);
    expect(mirror.asked).toEqual([]);
    expect(await cached()).toEqual({});
  });

  test('in mid-download is the error, asks no other mirror, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const [stalling, other] = [await start(stallAt(0.5)), await start()];
    const onProgress = ({ file, bytes }: FetchProgress) => {
      if (file === 'train-images-idx3-ubyte' && bytes > SIZE / 4) controller.abort(reason);
    };
    const { signal } = controller;
    const error = await rejectionOf(load({ from: [stalling, other], signal, onProgress }));
    expect(error).toBe(reason);
    expect(other.asked).toEqual([]);
    expect(await cached()).toEqual({});
  });

  test('is no reason for the next load to fail', async () => {
    const from = [await start()];
    await rejectionOf(load({ from, signal: AbortSignal.abort() }));
    expect(await load({ from })).toEqual(noisyMnist);
    expect(await cached()).toEqual(WHOLE_CACHE);
  });
});

describe('what an unknown process left', () => {
  const left = `${IMAGES}.e3a1.part`;

  async function leave(hours: number): Promise<void> {
    const path = join(cache, 'noisy-mnist', left);
    await mkdir(join(cache, 'noisy-mnist'), { recursive: true });
    await writeFile(path, 'half');
    const then = Date.now() / 1000 - hours * 3600;
    await utimes(path, then, then);
  }

  test('goes with the next download once it is an hour old', async () => {
    await leave(1.01);
    await load({ from: [await start()] });
    expect(await cached()).toEqual(WHOLE_CACHE);
  });

  test('stays while it may still be at work', async () => {
    await leave(0.99);
    await load({ from: [await start()] });
    expect(await cached()).toEqual({ ...WHOLE_CACHE, [left]: hashOf(Buffer.from('half')) });
  });
});
