/** Numbers of one tensor, in row-major order. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A state in the cell's own structure. */
export type GoldenState =
  | GoldenTensor
  | readonly GoldenState[]
  | { readonly c: GoldenTensor; readonly h: GoldenTensor };

/** A cell by the name of its class and its options. */
export type CellSpec =
  | {
      readonly type: 'BasicRNNCell';
      readonly inputSize: number;
      readonly units: number;
      readonly activation: 'linear' | 'relu' | 'sigmoid' | 'tanh';
    }
  | {
      readonly type: 'MultiRNNCell';
      /** The same cell object stands at every place. */
      readonly shared?: boolean;
      readonly cells: readonly CellSpec[];
    };

/** What TensorFlow gave for one cell in one loop, and for the gradient of a weighted sum of it. */
export interface GoldenCase {
  readonly name: string;
  readonly cell: CellSpec;
  readonly loop: { readonly type: 'dynamicRNN' | 'staticRNN'; readonly timeMajor?: boolean };
  /** By TensorFlow 1 path. */
  readonly weights: Readonly<Record<string, GoldenTensor>>;
  readonly inputs: GoldenTensor;
  readonly initialState: GoldenState | null;
  readonly sequenceLength: readonly number[] | null;
  readonly outputs: GoldenTensor;
  readonly finalState: GoldenState;
  /** The loss is `sum(outputs * upstream.outputs) + sum(finalState * upstream.finalState)`. */
  readonly upstream: { readonly outputs: GoldenTensor; readonly finalState: GoldenState };
  readonly gradients: {
    readonly inputs: GoldenTensor;
    readonly initialState: GoldenState | null;
    readonly weights: Readonly<Record<string, GoldenTensor>>;
  };
}
