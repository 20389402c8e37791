import { gzipSync } from 'node:zlib';
import { type DataSetSpec, encodeIdx, type Mnist } from '@unroll/mnist-idx';
import { hashOf, images, labels, type TinyFile, withHashes } from './tiny-mnist.js';

/** Four files, of which the images come in many pieces: 150 and 120 KB that do not compress. */
export const noisyMnist: Mnist = {
  train: { images: noise(192), labels: labels(192) },
  test: { images: noise(150), labels: labels(150) },
};

const raw: Record<TinyFile, Uint8Array> = {
  'train-images-idx3-ubyte': encodeIdx(noisyMnist.train.images as ReturnType<typeof images>),
  'train-labels-idx1-ubyte': encodeIdx(labels(192)),
  't10k-images-idx3-ubyte': encodeIdx(noisyMnist.test.images as ReturnType<typeof images>),
  't10k-labels-idx1-ubyte': encodeIdx(labels(150)),
};

/** The files as they are published, by their names there. */
export const published: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Object.entries(raw).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
);

/** A table that knows their content. */
export const noisySpec: DataSetSpec = {
  name: 'Noisy MNIST',
  files: withHashes((name) => ({ sha256: hashOf(raw[name]) })),
  classes: Array.from('0123456789'),
};

/** A table that knows the published files only. */
export const gzipSpec: DataSetSpec = {
  ...noisySpec,
  files: withHashes((name) => ({ gzipSha256: hashOf(published[`${name}.gz`] as Uint8Array) })),
};

/** Bytes without a pattern, the same at each call. */
function noise(count: number): ReturnType<typeof images> {
  const into = images(count, 28, 28);
  let state = count;
  for (let i = 0; i < into.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    into.data[i] = state >>> 24;
  }
  return into as ReturnType<typeof images>;
}
