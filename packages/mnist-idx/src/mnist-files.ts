/** The four files of MNIST and of every data set of its format, by their published names. */
export const MNIST_FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

/** The name of one of the four files. */
export type MnistFile = (typeof MNIST_FILES)[number];

/** One thing for each of the four files. */
export type PerMnistFile<T> = Readonly<Record<MnistFile, T>>;

/**
 * SHA-256, in hex, of what the published MNIST files hold, uncompressed. (The published gzip files
 * were compressed once; copies that others compressed again have the same content.)
 */
export const MNIST_SHA256: PerMnistFile<string> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};
