/** The data types that images can have: as the file has them, or scaled to 0..1. */
export type ImageDtype = 'uint8' | 'float32';

/** The data type of labels: numbers as the file has them, or one-hot rows. */
export type LabelDtype<OneHot extends boolean> = OneHot extends true ? 'float32' : 'uint8';

/** Options of {@link DataSet}. Names and defaults are those of TensorFlow 1. */
export interface DataSetOptions<
  Image extends ImageDtype = ImageDtype,
  OneHot extends boolean = boolean,
> {
  /** Labels as one-hot float32 rows `[n, numClasses]`, not uint8 `[n]`. Default: false. */
  readonly oneHot?: OneHot;
  /**
   * How many classes a one-hot row has room for. Only read with `oneHot`; a label that has no place
   * is a RangeError. Default: 10, and in `readDataSets({ source, dataSet })` the classes of `dataSet`.
   */
  readonly numClasses?: number;
  /**
   * Images as rows `[n, rows * columns]` (MNIST: 784), not `[n, rows, columns, 1]` with
   * TensorFlow's depth. Default: true.
   */
  readonly reshape?: boolean;
  /** `'float32'`: every byte times 1/255, so 0 to 1. `'uint8'`: the bytes. Default: 'float32'. */
  readonly dtype?: Image;
  /**
   * Decides the order of shuffled batches. Any safe integer; like TensorFlow 1, it is taken modulo
   * 2^31 - 1. Default: a random one, which {@link DataSet.seed} tells.
   */
  readonly seed?: number;
}
