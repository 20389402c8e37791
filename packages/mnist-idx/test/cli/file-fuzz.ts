import type { IdxArray } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../src/cli/encode-npy.js';
import { FileError } from '../../src/cli/file-error.js';
import { parseNpy } from '../../src/cli/parse-npy.js';
import { decodePng, encodePng, type GreyImage } from '../../src/cli/png-image.js';
import { type Fuzz, fuzz } from '../fuzz.js';
import golden from '../goldens/npy.json' with { type: 'json' };
import { diceOf, mutated } from '../mutations.js';
import { images } from '../tiny-mnist.js';
import { png, withChecksums } from './png-files.js';

const MEBIBYTE = 2 ** 20;

export interface FileFuzzOptions {
  readonly npyRuns: number;
  readonly pngRuns: number;
  readonly seed: number;
}

const NPY_FILES = [
  ...golden.filter((_, at) => at % 7 === 0).map(({ hex }) => Buffer.from(hex, 'hex')),
  encodeNpy(images(2, 4, 5)),
];

const GREYS = [0, 85, 170, 255];
const PNG_FILES = [
  encodePng({ rows: 28, columns: 28, pixels: images(1, 28, 28).data as Uint8Array }),
  png(
    3,
    GREYS.flatMap((grey) => [grey, grey, grey]),
  ),
  png(
    2,
    GREYS.flatMap((grey) => [grey, 255]),
  ),
  png(1, [0b00010000, 0b10110000], { depth: 2 }),
  png(1, [3, 2, 1, 0], { palette: GREYS.map((grey) => [grey, grey, grey]) }),
];

/** Damaged .npy files and PNGs as tests: each is read whole, or a FileError. */
export function fileFuzz({ npyRuns, pngRuns, seed }: FileFuzzOptions): void {
  const refuses: Fuzz['refuses'] = (error) => {
    if (!(error instanceof FileError) || !/^file: .*expected .+, got .+/s.test(error.message)) {
      throw error;
    }
  };

  describe('damaged files of other formats', () => {
    test('parseNpy gives an array that it writes and reads again, or a FileError', async () => {
      const dice = diceOf(seed);
      const tally = await fuzz({
        name: 'parseNpy',
        runs: npyRuns,
        seed,
        make: () => mutated(NPY_FILES, dice),
        read: (bytes) => parseNpy(bytes, 'file'),
        accepts: (result) => {
          const file = encodeNpy(result as IdxArray);
          const again = encodeNpy(parseNpy(file, 'again'));
          if (Buffer.compare(file, again) !== 0) throw new Error('expected the same file again');
        },
        refuses,
        // Numbers in this machine's order of bytes, and of dimensions; and the header as text.
        mayTake: (bytes) => 3 * bytes.length + 1024,
      });
      expect(tally.accepted).toBeGreaterThan(npyRuns / 100);
      expect(tally.refused).toBeGreaterThan(npyRuns / 3);
    });

    test('decodePng gives all pixels of an image, or a FileError', async () => {
      const dice = diceOf(seed);
      const tally = await fuzz({
        name: 'decodePng',
        runs: pngRuns,
        seed,
        make: () => {
          const bytes = mutated(PNG_FILES, dice);
          // A wrong checksum would hide most of the others.
          return dice.below(4) === 0 ? bytes : withChecksums(bytes);
        },
        read: (bytes) => decodePng(bytes, 'file'),
        accepts: (result) => {
          const { rows, columns, pixels } = result as GreyImage;
          if (pixels.length !== rows * columns) {
            throw new Error(`expected ${rows * columns} pixels, got ${pixels.length}`);
          }
        },
        refuses,
        // The most pixels that an image may claim, in four channels, filtered and not, and spread.
        mayTake: () => 192 * MEBIBYTE,
      });
      expect(tally.accepted).toBeGreaterThan(pngRuns / 100);
      expect(tally.refused).toBeGreaterThan(pngRuns / 3);
    });
  });
}
