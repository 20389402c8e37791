import { type DataSetSpec, loadMnist, type Mnist, MNIST, MnistError } from '@unroll/mnist-idx';
import { KMNIST } from '@unroll/mnist-idx/family';
import { type FetchProgress, fetchSource } from '@unroll/mnist-idx/web';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { rejectionOf } from './errors.js';

const server = inject('server');
const noisySpec = inject('noisySpec');
const NOISY = `${server}noisy/`;
const IMAGES = 'train-images-idx3-ubyte';
const CACHE = 'unroll-mnist-idx';

beforeEach(async () => {
  await caches.delete(CACHE);
});

/** SHA-256 of images and labels. */
async function printOf({ train, test: tests }: Mnist): Promise<string> {
  const arrays = [train.images, train.labels, tests.images, tests.labels];
  const bytes = await new Blob(
    arrays.map(({ data }) => data as Uint8Array<ArrayBuffer>),
  ).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function load(options: Parameters<typeof fetchSource>[0], dataSet = noisySpec): Promise<Mnist> {
  return loadMnist({ source: fetchSource(options), dataSet });
}

async function expectNoisy(mnist: Mnist): Promise<void> {
  expect(await printOf(mnist)).toBe(inject('noisyPrint'));
}

async function asked(folder: string): Promise<number> {
  return Number(await (await fetch(`${server}asked?${folder}`)).text());
}

/** The place of the training images in the cache. */
async function imagesKey(): Promise<Request> {
  const keys = await (await caches.open(CACHE)).keys();
  const key = keys.find(({ url }) => url.includes(IMAGES));
  if (key === undefined) throw new Error('expected the images in the cache, found none');
  return key;
}

describe('fetchSource', () => {
  test.each(['raw/', 'gzip/'])('loads all of MNIST from a static folder %s', async (folder) => {
    const { train, test: tests } = await load({ mirrors: server + folder }, MNIST);
    expect([train.images.shape, tests.images.shape]).toEqual([
      [60_000, 28, 28],
      [10_000, 28, 28],
    ]);
    expect([...train.labels.data.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  });

  test('takes several mirrors, with or without a slash at the end, or a URL', async () => {
    await expectNoisy(await load({ mirrors: [`${server}nowhere`, NOISY.slice(0, -1)] }));
    await expectNoisy(await load({ mirrors: new URL(NOISY) }));
  });

  test.each(inject('odd').map((what, i) => [what, i] as const))(
    'loads from a server that %s, or from the next mirror',
    async (_, i) => {
      await expectNoisy(await load({ mirrors: [`${server}odd/${i}/`, NOISY], timeout: 500 }));
      expect(await (await caches.open(CACHE)).keys()).toHaveLength(4);
      await expectNoisy(await load({ mirrors: [] }));
    },
  );

  test('says what came of each mirror', async () => {
    const mirrors = [`${server}nowhere/`, `${server}raw/`];
    const error = await rejectionOf(load({ mirrors }));
    expect(error).toBeInstanceOf(MnistError);
    expect(error).toMatchObject({
      file: IMAGES,
      source: mirrors.join(', '),
      message: expect.stringContaining(`${mirrors[0]}: HTTP 404; ${mirrors[1]}: SHA-256 of the `),
    });
  });

  test('says of a data set without a mirror for pages that it has none', async () => {
    expect(await rejectionOf(load({}, KMNIST))).toMatchObject({
      message: `loadMnist: mirrors: ${IMAGES}: expected mirrors in the options or the table, got none`,
    });
  });

  test('tells how far each file is', async () => {
    const seen: FetchProgress[] = [];
    await load({ mirrors: NOISY, onProgress: (progress) => seen.push(progress) });
    const images = seen.filter(({ file }) => file === IMAGES);
    const total = images[0]?.total ?? 0;
    expect(total).toBeGreaterThan(100_000);
    expect(images[0]).toEqual({ file: IMAGES, url: `${NOISY}${IMAGES}.gz`, bytes: 0, total });
    expect(images.at(-1)?.bytes).toBe(total);
    const bytes = images.map((progress) => progress.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  test('an error of the progress callback is the cause, and asks no other mirror', async () => {
    const failure = new Error('no screen');
    const onProgress = () => {
      throw failure;
    };
    const before = await asked('noisy/other/');
    const loaded = load({ mirrors: [NOISY, `${NOISY}other/`], onProgress });
    expect(await rejectionOf(loaded)).toMatchObject({ cause: failure });
    expect(await asked('noisy/other/')).toBe(before);
  });

  test('ends by the signal with its reason, and asks no other mirror', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const source = fetchSource({
      mirrors: [`${server}raw/`, `${NOISY}other/`],
      onProgress: () => controller.abort(reason),
    });
    const { signal } = controller;
    const loaded = loadMnist({ source, dataSet: noisySpec, signal });
    expect(await rejectionOf(loaded)).toBe(reason);
    expect(await asked('noisy/other/')).toBe(0);
  });
});

describe('the cache of fetchSource', () => {
  test('has the files by the next time, from whatever mirror they came', async () => {
    await load({ mirrors: NOISY });
    await expectNoisy(await load({ mirrors: `${server}nobody/` }));
    expect(await asked('nobody/')).toBe(0);
  });

  test('is left alone with cache: false', async () => {
    await expectNoisy(await load({ mirrors: NOISY, cache: false }));
    expect(await caches.has(CACHE)).toBe(false);
  });

  test('does not get what has another hash', async () => {
    await rejectionOf(load({ mirrors: `${server}raw/` }));
    expect(await (await caches.open(CACHE)).keys()).toEqual([]);
  });

  test.each([
    ['something else', '<html>'],
    ['half of it', 'half'],
  ])('gets a file anew where it has %s', async (_, what) => {
    await load({ mirrors: NOISY });
    const [cache, key] = [await caches.open(CACHE), await imagesKey()];
    const whole = await (await cache.match(key))?.arrayBuffer();
    const bad = what === 'half' ? whole?.slice(0, whole.byteLength / 2) : what;
    await cache.put(key, new Response(bad ?? null));
    await expectNoisy(await load({ mirrors: NOISY }));
    expect(await (await cache.match(key))?.arrayBuffer()).toEqual(whole);
  });

  test('drops a file that has gone bad though no mirror has another', async () => {
    await load({ mirrors: NOISY });
    const [cache, key] = [await caches.open(CACHE), await imagesKey()];
    await cache.put(key, new Response('bad'));
    await rejectionOf(load({ mirrors: `${server}nowhere/` }));
    expect(await cache.match(key)).toBe(undefined);
  });

  test('is for files that are checked', async () => {
    const source = fetchSource({ mirrors: NOISY });
    await expectNoisy(await loadMnist({ source, dataSet: noisySpec, verify: false }));
    const files = Object.fromEntries(
      Object.entries(noisySpec.files).map(([which, { name }]) => [which, { name }]),
    ) as unknown as DataSetSpec['files'];
    const unknown = { ...noisySpec, files };
    await expectNoisy(await loadMnist({ source, dataSet: unknown, verify: false }));
    expect(await caches.has(CACHE)).toBe(false);
  });
});
