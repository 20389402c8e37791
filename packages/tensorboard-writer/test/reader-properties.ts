import {
  EventFormatError,
  readEvents,
  readRecords,
  readScalars,
  readSummaries,
} from '@unroll/tensorboard-writer';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { logsFolder } from './logs-golden.js';
import { mutant, random, type Random, type Specimen } from './mutations.js';
import { readRecords as readWholeRecords } from './read-events.js';

const TIMEOUT = 1_800_000;

/** CPU time, as a machine under load may let a process wait; a read takes well under a millisecond. */
const MAX_CPU_MICROSECONDS = 1_000_000;

/** Far over what the collector lets lie, and far under what any of the lengths could ask for. */
const MAX_GROWTH_KIB = 512 * 1024;

/**
 * Makes a test of what the reader does with files that are broken in all ways: it gives what is whole,
 * or throws the error that it names, soon, and takes no memory that a length in the file asks for.
 *
 * @param count - files
 * @param seed - of the random numbers, which a failure names
 */
export function readerProperties(count: number, seed: number): void {
  describe(`the reader, given ${count} broken files (seed ${seed})`, () => {
    test(
      'throws EventFormatError or nothing, soon, and takes no memory',
      { timeout: TIMEOUT },
      async () => {
        const specimens = loadSpecimens();
        const draw = random(seed);
        const outcomes = { whole: 0, refused: 0, items: 0 };
        const before = process.resourceUsage().maxRSS;
        for (let i = 0; i < count; i++) {
          const bytes = mutant(draw, specimens);
          const start = process.cpuUsage();
          await read(draw, bytes, outcomes, i);
          const { user, system } = process.cpuUsage(start);
          if (user + system > MAX_CPU_MICROSECONDS) throw new Error(`file ${i}: too slow`);
        }
        const grown = process.resourceUsage().maxRSS - before;
        expect(grown).toBeLessThan(MAX_GROWTH_KIB);
        // Files of both kinds, and many records that were read: else this would show nothing.
        expect(outcomes.whole).toBeGreaterThan(count / 10);
        expect(outcomes.refused).toBeGreaterThan(count / 10);
        expect(outcomes.items).toBeGreaterThan(count);
      },
    );
  });
}

interface Outcomes {
  whole: number;
  refused: number;
  /** Records, events, values or curves that were read, those before an error too. */
  items: number;
}

async function read(
  draw: Random,
  bytes: Uint8Array,
  outcomes: Outcomes,
  index: number,
): Promise<void> {
  const source = draw(2) === 0 ? bytes : pieces(bytes, 1 + draw(200));
  const way = draw(WAYS.length);
  try {
    for await (const _ of WAYS[way]!(source)) outcomes.items++;
    outcomes.whole++;
  } catch (error) {
    const named =
      error instanceof EventFormatError && error.offset >= 0 && error.offset < bytes.length;
    if (!named) throw new Error(`file ${index}, way ${way}`, { cause: error });
    outcomes.refused++;
  }
}

type Source = Uint8Array | Iterable<Uint8Array>;

const WAYS: readonly ((source: Source) => AsyncIterable<unknown>)[] = [
  readRecords,
  readEvents,
  readSummaries,
  async function* readCurves(source) {
    yield* await readScalars(source);
  },
];

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function loadSpecimens(): Specimen[] {
  return readdirSync(logsFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('tfevents'))
    .toSorted()
    .map((name) => {
      const bytes = new Uint8Array(readFileSync(logsFolder + name));
      return { bytes, records: readWholeRecords(bytes) };
    });
}
