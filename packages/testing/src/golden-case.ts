/** Numbers of one tensor, in row-major order. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A state in the cell's own structure. */
export type GoldenState =
  | GoldenTensor
  | readonly (GoldenState | null)[]
  | { readonly c: GoldenTensor; readonly h: GoldenTensor };

interface SizedSpec {
  readonly inputSize: number;
  readonly units: number;
  readonly activation: 'linear' | 'relu' | 'sigmoid' | 'tanh';
}

/** A cell by the name of its class and its options; one that is absent is at its default. */
export type CellSpec =
  | ({ readonly type: 'BasicRNNCell' } & SizedSpec)
  | ({ readonly type: 'BasicLSTMCell'; readonly forgetBias?: number } & SizedSpec)
  | ({
      readonly type: 'LSTMCell';
      readonly forgetBias?: number;
      readonly usePeepholes?: boolean;
      readonly cellClip?: number;
      readonly projectionSize?: number;
      readonly projectionClip?: number;
    } & SizedSpec)
  | ({ readonly type: 'GRUCell'; readonly resetAfter?: boolean } & SizedSpec)
  | ({
      readonly type: 'LayerNormBasicLSTMCell';
      readonly forgetBias?: number;
      readonly layerNorm?: boolean;
    } & SizedSpec)
  | { readonly type: 'ResidualWrapper'; readonly cell: CellSpec }
  | {
      readonly type: 'MultiRNNCell';
      /** The same cell object stands at every place. */
      readonly shared?: boolean;
      readonly cells: readonly CellSpec[];
    };

/** The cells of a loop: one, one in each direction, or layers of those. */
type LoopSpec =
  | {
      readonly loop: { readonly type: 'dynamicRNN'; readonly timeMajor: boolean };
      readonly cell: CellSpec;
    }
  | { readonly loop: { readonly type: 'staticRNN' }; readonly cell: CellSpec }
  | {
      readonly loop: { readonly type: 'bidirectionalDynamicRNN'; readonly timeMajor: boolean };
      readonly cellFw: CellSpec;
      readonly cellBw: CellSpec;
    }
  | {
      readonly loop: { readonly type: 'staticBidirectionalRNN' };
      readonly cellFw: CellSpec;
      readonly cellBw: CellSpec;
    }
  | {
      readonly loop: { readonly type: 'stackBidirectionalDynamicRNN'; readonly timeMajor: boolean };
      readonly cellsFw: readonly CellSpec[];
      readonly cellsBw: readonly CellSpec[];
    };

/** What TensorFlow gave for one cell in one loop, and for the gradient of a weighted sum of it. */
export type GoldenCase = LoopSpec & GoldenNumbers;

interface GoldenNumbers {
  readonly name: string;
  /** By TensorFlow 1 path. */
  readonly weights: Readonly<Record<string, GoldenTensor>>;
  readonly inputs: GoldenTensor;
  readonly initialState: GoldenState | null;
  readonly sequenceLength: readonly number[] | null;
  /** A pair where the loop does not join its directions. */
  readonly outputs: GoldenState;
  readonly finalState: GoldenState;
  /** The loss is `sum(outputs * upstream.outputs) + sum(finalState * upstream.finalState)`. */
  readonly upstream: { readonly outputs: GoldenState; readonly finalState: GoldenState };
  readonly gradients: {
    readonly inputs: GoldenTensor;
    readonly initialState: GoldenState | null;
    readonly weights: Readonly<Record<string, GoldenTensor>>;
  };
}
