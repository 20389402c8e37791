import { readdir, readFile, rm, utimes, writeFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist, MnistError } from '@unroll/mnist-idx';
import { downloadSource, type FetchProgress } from '@unroll/mnist-idx/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rejectionOf } from './errors.js';
import {
  type Answer,
  cutAt,
  ETAG,
  honest,
  Mirror,
  rangeHeaders,
  stallAt,
  startOf,
} from './mirror.js';
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
}

function load({ from, dataSet = noisySpec, onProgress = () => {}, ...rest }: Load) {
  const source = downloadSource({
    mirrors: from.map((mirror) => mirror.url),
    cache,
    timeout: 250,
    onProgress,
  });
  return loadMnist({ source, dataSet, ...rest });
}

/** Everything in the cache, by the files' hashes. */
async function cached(): Promise<Record<string, string>> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const hashes = files.map(async ({ parentPath, name }) => {
    return [name, hashOf(await readFile(join(parentPath, name)))] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** The cache as it should be after a download. */
const ALL = Object.fromEntries(
  Object.entries(published).map(([name, bytes]) => [name, hashOf(bytes)]),
);

const asIs: Answer = ({ response, bytes }) => response.end(bytes);

/** Servers that do not hand out the file, and what is said of the images when there is no other. */
const hopeless: readonly [what: string, answer: Answer, message: string | RegExp][] = [
  ['has no such file', ({ response }) => response.writeHead(404).end(), 'HTTP 404'],
  ['fails', ({ response }) => response.writeHead(500).end('oh'), 'HTTP 500'],
  ['says nothing', () => {}, 'nothing came for 0.25 s'],
  ['stalls before the first byte', stallAt(0), 'nothing came for 0.25 s'],
  [
    'stalls ever again, and brings less each time',
    ({ request, response, bytes }) => {
      const from = startOf(request) ?? 0;
      stallAt(from > SIZE / 2 ? 0 : 0.6)({ request, response, bytes, before: 0 });
    },
    'nothing came for 0.25 s',
  ],
  ['hangs up', ({ response }) => response.destroy(), /other side closed|ECONNRESET|terminated/],
  [
    'cuts every answer off at the same byte',
    ({ response, bytes }) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    },
    /other side closed|terminated/,
  ],
  [
    'says that it is shorter than it is',
    ({ response, bytes }) => {
      // The rest would be taken for the next answer.
      response.writeHead(200, { 'content-length': bytes.length - 7, connection: 'close' });
      response.end(bytes.subarray(0, -7));
    },
    /unexpected end of file/,
  ],
  [
    'serves a page',
    ({ response }) => response.end('<html>Welcome</html>'),
    /SHA-256 of the content/,
  ],
  [
    'serves another file',
    ({ response }) => response.end(published['t10k-images-idx3-ubyte.gz']?.subarray(0)),
    /SHA-256 of the content: expected [0-9a-f]{64}, got [0-9a-f]{64}/,
  ],
  [
    'serves the file with one byte changed',
    ({ response, bytes }) => {
      bytes[(bytes.length / 2) | 0]! ^= 1;
      response.end(bytes);
    },
    /incorrect data check|SHA-256|invalid/,
  ],
  [
    'redirects in a circle',
    ({ request, response }) => response.writeHead(302, { location: request.url }).end(),
    /redirect/,
  ],
  [
    'answers a range with another',
    ({ request, response, bytes }) => {
      const from = startOf(request);
      if (from === undefined) cutAt(0.5)({ request, response, bytes, before: 0 });
      else response.writeHead(206, rangeHeaders(from - 9, bytes)).end(bytes.subarray(from - 9));
    },
    /expected the range from \d+, got bytes \d+-/,
  ],
];

/** Servers that hand out the file in the end, each in its way. */
const strange: readonly [what: string, answer: Answer][] = [
  ['is honest', honest],
  ['does not say how long it is', asIs],
  [
    'redirects',
    (exchange) => {
      const { request, response } = exchange;
      if (exchange.before === 0) response.writeHead(302, { location: request.url }).end();
      else honest(exchange);
    },
  ],
  ['cuts off in the middle', cutAt(0.5)],
  [
    'cuts off in the middle and ignores ranges',
    (exchange) => {
      if (exchange.before === 0) cutAt(0.5)(exchange);
      else exchange.response.end(exchange.bytes);
    },
  ],
  [
    'stalls in the middle',
    (exchange) => (exchange.before === 0 ? stallAt(0.5)(exchange) : honest(exchange)),
  ],
  [
    'says that it is longer than it is',
    (exchange) => {
      const { request, response, bytes } = exchange;
      if (startOf(request) !== undefined) {
        honest(exchange);
        return;
      }
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => response.destroy());
    },
  ],
  [
    'says that it is longer than it is, and ignores ranges',
    ({ response, bytes }) => {
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => response.destroy());
    },
  ],
  [
    'compresses what is compressed',
    ({ response, bytes }) => response.writeHead(200, { etag: 'W/"weak"' }).end(bytes),
  ],
  [
    'cuts off after each tenth',
    ({ request, response, bytes }) => {
      const from = startOf(request) ?? 0;
      const to = Math.min(bytes.length, from + Math.ceil(bytes.length / 10));
      if (from > 0) response.writeHead(206, rangeHeaders(from, bytes));
      else response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(from, to), () => response.destroy());
    },
  ],
];

describe('downloadSource', () => {
  test.each(strange)('loads from a server that %s, and keeps four files', async (_, answer) => {
    for (const dataSet of [noisySpec, gzipSpec]) {
      const mirror = await start(answer);
      expect(await load({ from: [mirror], dataSet })).toEqual(noisyMnist);
      expect(await cached()).toEqual(ALL);
      await rm(join(cache, 'noisy-mnist'), { recursive: true });
    }
  });

  test.each(hopeless)('goes on to the next mirror from one that %s', async (_, answer) => {
    const from = [await start(answer), await start()];
    expect(await load({ from })).toEqual(noisyMnist);
    expect(await cached()).toEqual(ALL);
  });

  test.each(hopeless)(
    'leaves nothing behind of a server that %s, and says what it did',
    async (_, answer, message) => {
      const mirror = await start(answer);
      const error = await rejectionOf(load({ from: [mirror] }));
      expect(error).toBeInstanceOf(MnistError);
      const { message: got, file, source } = error as MnistError;
      expect({ file, source }).toEqual({
        file: 'train-images-idx3-ubyte',
        source: `cache ${cache}`,
      });
      const start_ = `loadMnist: cache ${cache}: ${file}: expected it from a mirror, got ${mirror.url}${IMAGES}: `;
      expect(got.slice(0, start_.length)).toBe(start_);
      expect(got.slice(start_.length)).toMatch(message);
      expect(Object.keys(await cached()).filter((name) => name.includes('images'))).toEqual([]);
      expect(Object.keys(await cached()).filter((name) => name.includes('part'))).toEqual([]);
    },
  );
});
