import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist } from '@unroll/mnist-idx';
import { downloadSource } from '@unroll/mnist-idx/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cacheOf, WHOLE_CACHE } from './cache-of.js';
import { bundleChild, type Child, printOf, startChild } from './children.js';
import { type Answer, honest, Mirror, stallAt } from './mirror.js';
import { noisyMnist, noisySpec, published } from './noisy-mnist.js';

const NAMES = Object.keys(published).toSorted();
const GOOD = { code: 0, stdout: printOf(noisyMnist), stderr: '' };

/** Sends half of a file, and is silent then; a second time it is honest. */
const halfFirst: Answer = (exchange) =>
  exchange.before === 0 ? stallAt(0.5)(exchange) : honest(exchange);

let scripts: string;
let script: string;
let cache: string;
let folder: string;
let mirrors: Mirror[];

beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), 'unroll-killed-'));
  script = await bundleChild(scripts);
});

afterAll(() => rm(scripts, { recursive: true }));

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'unroll-killed-'));
  folder = join(cache, 'noisy-mnist');
  mirrors = [];
});

afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.stop()));
  await rm(cache, { recursive: true });
});

async function start(answer: Answer, files = published): Promise<Mirror> {
  const mirror = await Mirror.start(files, answer);
  mirrors.push(mirror);
  return mirror;
}

function load(from: readonly Mirror[], verify = true) {
  const source = downloadSource({ mirrors: from.map(({ url }) => url), cache, timeout: 20_000 });
  return loadMnist({ source, dataSet: noisySpec, verify });
}

const child = (mirror: Mirror) => startChild(script, cache, [mirror.url], noisySpec);

const half = (name: string) => Math.floor((published[name]?.length ?? 0) / 2);

async function parts(): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.part')).toSorted();
}

/** A process that has half of each file. */
async function halfway(mirror: Mirror): Promise<Child> {
  const started = child(mirror);
  const sizes = async () => {
    const found = (await parts()).map((name) => stat(join(folder, name)));
    return (await Promise.all(found)).map(({ size }) => size);
  };
  const expected = NAMES.map((name) => half(name));
  await expect.poll(sizes, { interval: 5, timeout: 50_000 }).toEqual(expected);
  return started;
}

async function killHalfway(mirror: Mirror): Promise<void> {
  const killed = await halfway(mirror);
  killed.process.kill('SIGKILL');
  await killed.outcome;
  mirror.asked.length = 0;
}

function rangesOf({ asked }: Mirror): [file: string, range: string | undefined][] {
  const sorted = asked.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return sorted.map(({ file, range }) => [file, range]);
}

const rests = NAMES.map((name) => [name, `bytes=${half(name)}-`]);

describe('what a killed process left', () => {
  test('is gone on with: only the rest is asked for, and nothing is left', async () => {
    await killHalfway(await start(halfFirst));
    const mirror = await start(honest);
    expect(await load([mirror])).toEqual(noisyMnist);
    expect(rangesOf(mirror)).toEqual(rests);
    expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
  });

  test('costs one fresh start at the same mirror where it is garbage', async () => {
    await killHalfway(await start(halfFirst));
    for (const name of await parts()) {
      const bytes = await readFile(join(folder, name));
      await writeFile(join(folder, name), bytes.fill(7));
    }
    const mirror = await start(honest);
    expect(await load([mirror])).toEqual(noisyMnist);
    for (const name of NAMES) {
      const asked = mirror.asked.filter(({ file }) => file === name);
      expect(asked.map(({ range }) => range)).toEqual([`bytes=${half(name)}-`, undefined]);
    }
    expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
  });

  test('does no harm where it is longer than the file', async () => {
    await killHalfway(await start(halfFirst));
    for (const name of await parts()) await writeFile(join(folder, name), Buffer.alloc(300_000));
    expect(await load([await start(honest)])).toEqual(noisyMnist);
    expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
  });

  test('is enough without any server where it is the whole file', async () => {
    await killHalfway(await start(halfFirst));
    for (const name of await parts()) {
      const file = NAMES.find((whole) => name.startsWith(whole)) ?? '';
      await writeFile(join(folder, name), published[file] as Uint8Array);
    }
    const missing = await start(honest, {});
    expect(await load([missing])).toEqual(noisyMnist);
    expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
  });

  test('is kept for the next mirror where the first has no such file', async () => {
    await killHalfway(await start(halfFirst));
    const mirror = await start(honest);
    expect(await load([await start(honest, {}), mirror])).toEqual(noisyMnist);
    expect(rangesOf(mirror)).toEqual(rests);
  });

  test('is taken up by two processes at once, and both end right', async () => {
    await killHalfway(await start(halfFirst));
    const mirror = await start(honest);
    const both = await Promise.all([child(mirror).outcome, child(mirror).outcome]);
    expect(both).toEqual([GOOD, GOOD]);
    expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
  });

  test('is not used where no hash would tell whether it is right', async () => {
    await killHalfway(await start(halfFirst));
    const mirror = await start(honest);
    expect(await load([mirror], false)).toEqual(noisyMnist);
    expect(rangesOf(mirror)).toEqual(NAMES.map((name) => [name, undefined]));
    expect(await cacheOf(cache)).toEqual({});
  });
});

test('what a living process has is left to it, and both end right', async () => {
  const living = await halfway(await start(halfFirst));
  const before = await parts();
  const mirror = await start(honest);
  expect(await load([mirror])).toEqual(noisyMnist);
  expect(rangesOf(mirror)).toEqual(NAMES.map((name) => [name, undefined]));
  expect(await parts()).toEqual(before);
  expect(await living.outcome).toEqual(GOOD);
  expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
});
