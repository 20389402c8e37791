import type { ImageDtype } from './data-set-options.js';
import type { MnistSplit } from './mnist.js';

/** As many as TensorFlow 1's fake `DataSet` says that it has. */
const FAKE_EXAMPLES = 10_000;

/** TensorFlow 1's fake examples: 784 ones (which as floats are bytes of 255), and the label 0. */
export function fakeSplit(dtype: ImageDtype = 'float32'): MnistSplit {
  const ink = dtype === 'uint8' ? 1 : 255;
  const images = new Uint8Array(FAKE_EXAMPLES * 784).fill(ink);
  return {
    images: { dtype: 'uint8', shape: [FAKE_EXAMPLES, 28, 28], data: images },
    labels: { dtype: 'uint8', shape: [FAKE_EXAMPLES], data: new Uint8Array(FAKE_EXAMPLES) },
  };
}
