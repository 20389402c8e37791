import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheOf, WHOLE_CACHE } from './cache-of.js';
import { bundleChild, printOf, startChild } from './children.js';
import { HOPELESS, STRANGE } from './hostile-servers.js';
import { type Answer, Mirror } from './mirror.js';
import { noisyMnist, noisySpec, published } from './noisy-mnist.js';

const PROCESSES = 8;

/** Sends a file in eight pieces, so that several downloads of it are under way at once. */
const slow: Answer = ({ response, bytes }) => {
  response.writeHead(200, { 'content-length': bytes.length });
  const pieces = Array.from({ length: 8 }, (_, i) => {
    return bytes.subarray((i * bytes.length) / 8, ((i + 1) * bytes.length) / 8);
  });
  const next = (): void => {
    const piece = pieces.shift();
    if (piece === undefined) response.end();
    else response.write(piece, () => setTimeout(next, 20));
  };
  next();
};

/** Another server in each round, then one that is slow. */
const firsts: readonly Answer[] = [
  slow,
  ...STRANGE.map(([, a]) => a),
  ...HOPELESS.map(([, a]) => a),
];

/** Laws of many processes at one cache, in this many rounds. */
export function races(rounds: number): void {
  let folder: string;
  let script: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unroll-races-'));
    script = await bundleChild(folder);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  describe('of eight processes at once', () => {
    const cases = Array.from({ length: rounds }, (_, round) => round);

    test.each(cases)('all load, and the cache ends right (round %i)', async (round) => {
      const cache = join(folder, `all-${round}`);
      const mirrors = [await Mirror.start(published, firsts[round % firsts.length])];
      mirrors.push(await Mirror.start(published, slow));
      const urls = mirrors.map(({ url }) => url);
      const children = Array.from({ length: PROCESSES }, () =>
        startChild(script, cache, urls, noisySpec),
      );
      const outcomes = await Promise.all(children.map(({ outcome }) => outcome));
      await Promise.all(mirrors.map((mirror) => mirror.stop()));
      const good = { code: 0, stdout: printOf(noisyMnist), stderr: '' };
      expect(outcomes).toEqual(outcomes.map(() => good));
      expect(await cacheOf(cache)).toEqual(WHOLE_CACHE);
    });

    test.each(cases)('some may be killed, and the others load (round %i)', async (round) => {
      const cache = join(folder, `killed-${round}`);
      const mirror = await Mirror.start(published, slow);
      const children = Array.from({ length: PROCESSES }, () =>
        startChild(script, cache, [mirror.url], noisySpec),
      );
      // Once the first of them is at its images, which takes it 0.16 s.
      await expect.poll(() => mirror.asked.length, { interval: 1, timeout: 50_000 }).toBeTruthy();
      await new Promise((resolve) => {
        setTimeout(resolve, (round * 17) % 120);
      });
      const [killed, others] = [children.slice(0, 4), children.slice(4)];
      for (const child of killed) child.process.kill('SIGKILL');
      const outcomes = await Promise.all(others.map(({ outcome }) => outcome));
      await Promise.all(killed.map(({ outcome }) => outcome));
      await mirror.stop();
      const good = { code: 0, stdout: printOf(noisyMnist), stderr: '' };
      expect(outcomes).toEqual(outcomes.map(() => good));
      const found = Object.entries(await cacheOf(cache));
      const whole = found.filter(([name]) => !name.endsWith('.part'));
      expect(Object.fromEntries(whole)).toEqual(WHOLE_CACHE);
    });
  });
}
