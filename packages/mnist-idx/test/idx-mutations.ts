import { gzipSync } from 'node:zlib';
import { encodeIdx } from '@unroll/mnist-idx';
import { EXAMPLES } from './idx-bytes.js';
import { type Dice, mutated } from './mutations.js';
import { images, labels } from './tiny-mnist.js';

const FILES: readonly Uint8Array[] = [
  ...EXAMPLES.map(({ bytes }) => bytes),
  encodeIdx(images(2, 4, 5)),
  encodeIdx(labels(10)),
  encodeIdx({ dtype: 'uint8', shape: [0, 28, 28], data: Uint8Array.of() }),
];
const GZIPPED: readonly Uint8Array[] = FILES.map((file) => gzipSync(file));

const CODES = [8, 9, 11, 12, 13, 14];
const BYTES = new Map([
  [8, 1],
  [9, 1],
  [11, 2],
  [12, 4],
  [13, 4],
  [14, 8],
]);

/** A damaged IDX file. */
export function mutatedIdx(dice: Dice): Uint8Array<ArrayBuffer> {
  return dice.below(2) === 0 ? mutated(FILES, dice) : anyHeader(dice);
}

/**
 * A header with sizes of any kind, their product past 2^32 and 2^53 as a rule; the body is of the
 * length that the header says where that is short, and one byte longer or shorter as often.
 */
function anyHeader(dice: Dice): Uint8Array<ArrayBuffer> {
  const code = dice.below(16) === 0 ? dice.below(256) : dice.one(CODES);
  const rank = dice.below(16) === 0 ? dice.below(256) : dice.below(6);
  const small = dice.below(3) === 0;
  const shape = Array.from({ length: rank }, () => (small ? dice.below(4) : dice.uint32()));
  const claimed = shape.reduce((product, size) => product * size, BYTES.get(code) ?? 1);
  const body = claimed <= 512 ? claimed + dice.below(3) - 1 : dice.below(64);
  const bytes = new Uint8Array(4 + 4 * rank + Math.max(0, body));
  bytes[2] = code;
  bytes[3] = rank;
  const view = new DataView(bytes.buffer);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  for (let at = 4 + 4 * rank; at < bytes.length; at++) bytes[at] = dice.below(256);
  return bytes;
}

/** A damaged file in a whole gzip stream, a damaged stream, or one that lies about its length. */
export function mutatedGzip(dice: Dice): Uint8Array<ArrayBuffer> {
  const kind = dice.below(4);
  if (kind === 0) return mutated(GZIPPED, dice);
  // No compression to speak of, as it is the content that matters here.
  const stream = new Uint8Array(gzipSync(mutatedIdx(dice), { level: 1 }));
  if (kind === 1) new DataView(stream.buffer).setUint32(stream.length - 4, dice.uint32(), true);
  return stream;
}

const MEBIBYTE = 2 ** 20;

/** Streams that grow a thousandfold, after headers that say so, say less, or are none. */
export function gzipBombs(): readonly Uint8Array[] {
  const zeros = new Uint8Array(16 * MEBIBYTE);
  const heads = [
    [],
    [0, 0, 8, 1, 1, 0, 0, 0],
    [0, 0, 8, 1, 0, 0, 0, 1],
    [0, 0, 14, 3, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 32],
    [0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0],
  ];
  return heads.map((head) => gzipSync(Buffer.concat([Uint8Array.from(head), zeros])));
}

/** Short streams whose header and length both claim a size: 1 KiB up to 2 GiB. */
export function gzipLies(): readonly Uint8Array[] {
  return Array.from({ length: 22 }, (_, i) => {
    const claimed = Math.min(2 ** (i + 10), 2 ** 31 - 1);
    const file = new Uint8Array(40);
    file.set([0, 0, 8, 1]);
    new DataView(file.buffer).setUint32(4, claimed);
    const stream = new Uint8Array(gzipSync(file));
    new DataView(stream.buffer).setUint32(stream.length - 4, claimed + 8, true);
    return stream;
  });
}
