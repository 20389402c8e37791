import { writeFile } from 'node:fs/promises';
import { classes, type ModelSpec } from '../models.ts';

/**
 * Writes the batch that all contenders train on: of each class a pattern of its own under noise, so that
 * there is something to learn. The numbers are the same in every run.
 */
export async function writeBatch(path: string, model: ModelSpec): Promise<void> {
  const { batch, inputSize, time } = model;
  const random = randomNumbers(1);
  const pixels = time * inputSize;
  const patterns = Float32Array.from({ length: classes * pixels }, random);
  const labels = Int32Array.from({ length: batch }, (_, row) => row % classes);
  const images = Float32Array.from(
    { length: batch * pixels },
    (_, at) =>
      0.7 * patterns[labels[Math.floor(at / pixels)]! * pixels + (at % pixels)]! + 0.3 * random(),
  );
  await writeFile(path, Buffer.concat([Buffer.from(images.buffer), Buffer.from(labels.buffer)]));
}

/** Marsaglia's xorshift, in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
