import type { IdxArray, IdxArrayOf, IdxDtype } from './idx-array.js';
import type { MnistSplit } from './mnist.js';

/**
 * One file of a data set. At least one hash is needed for it to be checked, and one is enough; where
 * both are given, that of the content decides.
 */
export interface FileSpec {
  /** The published name, without `.gz`. */
  readonly name: string;
  /**
   * SHA-256, in hex, of what the file holds, uncompressed. Copies that others compressed again have
   * the same.
   */
  readonly sha256?: string;
  /** SHA-256, in hex, of the published `.gz` file, for files whose content's hash is not known. */
  readonly gzipSha256?: string;
}

/** A zip archive in which the files of a data set are published, each gzipped. */
export interface ArchiveSpec {
  readonly name: string;
  /** The files' folder in the archive, with a slash at its end. */
  readonly folder: string;
  /** SHA-256 of the archive, in hex. */
  readonly sha256: string;
}

/** Images and labels as their two files hold them. */
export interface RawSplit {
  /** Shape `[n, rows, columns]`. */
  readonly images: IdxArrayOf<'uint8'>;
  /** Of the type and rank that {@link DataSetSpec.labels} says, n long. */
  readonly labels: IdxArray;
}

/**
 * All that loading a data set of MNIST's kind takes: the names and hashes of its files, and where
 * they are published. `MNIST` is one, `@unroll/mnist-idx/family` has others, and your own is as good.
 */
export interface DataSetSpec<Split extends MnistSplit = MnistSplit> {
  /** What people call it; also the name of its folder in a cache. */
  readonly name: string;
  readonly files: {
    readonly trainImages: FileSpec;
    readonly trainLabels: FileSpec;
    readonly testImages: FileSpec;
    readonly testLabels: FileSpec;
  };
  /** The name of each label: `classes[label]`. */
  readonly classes: readonly string[];
  /** Base URLs, to be tried in order: a file's URL is one of these, its name and `.gz`. */
  readonly mirrors?: readonly string[];
  /** Those that pages of other origins may read, for browsers. */
  readonly corsMirrors?: readonly string[];
  /** Where the mirrors have one archive in place of the files. */
  readonly archive?: ArchiveSpec;
  /** Type and rank of the labels files. Default: `['uint8', 1]`. */
  readonly labels?: readonly [dtype: IdxDtype, rank: number];
  /**
   * Makes a split of what its two files hold, after all checks; it must not write to them. Needed
   * where images and uint8 labels `[n]` do not come out as the files have them.
   */
  readonly arrange?: (raw: RawSplit, split: 'train' | 'test') => Split;
}
