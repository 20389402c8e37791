import { encodeIdx, type IdxArray, IdxFormatError, parseIdx, readIdx } from '@unroll/mnist-idx';
import { readIdxSlices } from '@unroll/mnist-idx/stream';
import { describe, expect, test } from 'vitest';
import { type Fuzz, fuzz } from './fuzz.js';
import { gzipBombs, gzipLies, mutatedGzip, mutatedIdx } from './idx-mutations.js';
import { diceOf } from './mutations.js';

const MEBIBYTE = 2 ** 20;

/** What an input of the asynchronous readers may inflate to. */
const MAX_BYTES = MEBIBYTE;

/** What a stream may take beside its content: the buffers of the platform, and a slice past the limit. */
const STREAM_BYTES = MAX_BYTES + 8 * MEBIBYTE;

/** Readers of whole uncompressed files. */
const READERS: readonly { name: string; read: (bytes: Uint8Array) => IdxArray }[] = [
  { name: 'parseIdx', read: (bytes) => parseIdx(bytes) },
];

/** Readers of files that may be gzipped, whole or in slices. */
const ASYNC_READERS: readonly {
  name: string;
  read: (bytes: Uint8Array) => Promise<IdxArray>;
}[] = [
  { name: 'readIdx', read: (bytes) => readIdx(bytes, { maxBytes: MAX_BYTES }) },
  { name: 'readIdxSlices', read: readSlices },
];

/**
 * Reads a file in slices, as long as they keep the limit together too, and compares their numbers
 * with those of the whole file.
 */
async function readSlices(bytes: Uint8Array): Promise<IdxArray> {
  const parts: Uint8Array[] = [];
  let taken = 0;
  for await (const slice of readIdxSlices([bytes], { examples: 3, maxBytes: MAX_BYTES })) {
    parts.push(numbersOf(slice));
    taken += slice.data.byteLength;
    if (taken <= MAX_BYTES) continue;
    const message = `readIdxSlices: slices: expected at most ${MAX_BYTES} bytes, got more`;
    throw new IdxFormatError(message, 0);
  }
  const whole = await readIdx(bytes, { maxBytes: MAX_BYTES });
  if (Buffer.compare(Buffer.concat(parts), numbersOf(whole)) === 0) return whole;
  throw new Error('expected the slices to be the file, got other numbers');
}

/** What follows the header in an array's file. */
function numbersOf(array: IdxArray): Uint8Array {
  return encodeIdx(array).subarray(4 + 4 * array.shape.length);
}

export interface IdxFuzzOptions {
  /** How many damaged files each reader of whole files reads. */
  readonly runs: number;
  /** How many damaged files and streams each reader of streams reads. */
  readonly asyncRuns: number;
  readonly seed: number;
}

/** Damaged files as tests: each is an array that encodes to the same bytes, or an IdxFormatError. */
export function idxFuzz({ runs, asyncRuns, seed }: IdxFuzzOptions): void {
  describe.each(READERS)('$name on damaged files', ({ name, read }) => {
    test(`takes ${runs.toLocaleString('en')} of them as they are, or says where they are wrong, and takes no more memory than a file has`, async () => {
      const dice = diceOf(seed);
      const tally = await fuzz({
        name,
        runs,
        seed,
        read,
        make: () => mutatedIdx(dice),
        accepts: expectSameFile,
        refuses: (error, bytes) => expectFormatError(error, name, bytes.length),
        // A copy of the numbers in this machine's byte order, and what an error's own words take.
        mayTake: (bytes) => bytes.length + 1024,
      });
      report(name, seed, tally);
      expect(tally.accepted).toBeGreaterThan(runs / 100);
      expect(tally.refused).toBeGreaterThan(runs / 2);
    });
  });

  describe.each(ASYNC_READERS)('$name on damaged files and streams', (reader) => {
    const { name, read } = reader;
    const task = {
      name,
      seed,
      read,
      accepts: expectShort,
      refuses: (error: unknown, bytes: Uint8Array) =>
        expectFormatError(error, name, Math.max(bytes.length, MAX_BYTES)),
      mayTake: () => STREAM_BYTES,
    } satisfies Partial<Fuzz>;

    test(`takes ${asyncRuns.toLocaleString('en')} of them as they are, or says where they are wrong`, async () => {
      const dice = diceOf(seed);
      const make = () => (dice.below(4) === 0 ? mutatedIdx(dice) : mutatedGzip(dice));
      const tally = await fuzz({ ...task, runs: asyncRuns, make });
      report(name, seed, tally);
      expect(tally.accepted).toBeGreaterThan(asyncRuns / 100);
      expect(tally.refused).toBeGreaterThan(asyncRuns / 2);
    });

    test('stops every gzip bomb at the limit', async () => {
      const bombs = gzipBombs();
      const tally = await fuzz({
        ...task,
        runs: bombs.length,
        make: (run) => bombs[run] as Uint8Array,
      });
      report(`${name}, bombs`, seed, tally);
      expect(tally).toMatchObject({ accepted: 0, refused: bombs.length });
    });

    test('believes no length that a header and a stream only claim', async () => {
      const lies = gzipLies();
      const tally = await fuzz({
        ...task,
        runs: lies.length,
        make: (run) => lies[run] as Uint8Array,
      });
      expect(tally).toMatchObject({ accepted: 0, refused: lies.length });
    });
  });

  test('the measure of memory sees what a reader takes that believes the header', async () => {
    const claim = Uint8Array.of(0, 0, 8, 1, 0, 0, 8, 0);
    const believing: Fuzz = {
      name: 'believing',
      runs: 1,
      seed,
      make: () => claim,
      read: (bytes) => new Uint8Array(new DataView(bytes.buffer).getUint32(4)),
      accepts: () => {},
      refuses: () => {},
      mayTake: (bytes) => bytes.length + 1024,
    };
    await expect(fuzz(believing)).rejects.toThrow(/at most 1032 bytes to be taken, got 20\d\d/);
  });
}

function report(name: string, seed: number, tally: Awaited<ReturnType<typeof fuzz>>): void {
  const { accepted, refused, mostBytes } = tally;
  const counts = `${accepted} accepted, ${refused} refused, ${mostBytes} bytes at most`;
  process.stderr.write(`fuzz: ${name}, seed ${seed}: ${counts}\n`);
}

function expectSameFile(result: unknown, bytes: Uint8Array): void {
  const file = encodeIdx(result as IdxArray);
  if (Buffer.compare(file, bytes) === 0) return;
  throw new Error(`expected the same file again, got ${Buffer.from(file).toString('hex')}`);
}

function expectShort(result: unknown, bytes: Uint8Array): void {
  const { data } = result as IdxArray;
  const most = Math.max(bytes.length, MAX_BYTES);
  if (data.byteLength > most)
    throw new Error(`expected ${most} bytes at most, got ${data.byteLength}`);
}

const MESSAGE = /^(\w+): [a-z ]+: expected .+, got .+$/s;

/** Anything but an IdxFormatError of the agreed form goes on. */
function expectFormatError(error: unknown, where: string, maxOffset: number): void {
  if (!(error instanceof IdxFormatError)) throw error;
  const { message, offset } = error;
  const isRight = MESSAGE.exec(message)?.[1] === where && Number.isInteger(offset);
  if (isRight && offset >= 0 && offset <= maxOffset) return;
  throw new Error(
    `expected a message of the agreed form, and an offset in the file, got ${offset}`,
    {
      cause: error,
    },
  );
}
