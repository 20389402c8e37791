import {
  BasicRNNSequence,
  GRUSequence,
  LSTMSequence,
  ResetAfterGRUSequence,
} from '@unroll/rnn-cells';

/** One weight matrix of a kind of cell, with the gates that its columns make. */
export interface MatrixPlan {
  /** The names that the sequence kernel takes it and its bias by. */
  readonly kernel: string;
  readonly bias: string;
  readonly gates: number;
  /** What its rows multiply: the data, the state, or one after the other. */
  readonly rows: 'h' | 'x' | 'xh';
}

/** How the core runs a kind of cell. */
export interface CellPlan {
  readonly kernelName: string;
  /** Numbers of assembly/index.as. */
  readonly forward: number;
  readonly backward: number;
  /**
   * The first makes the gates of `[x, h]`; a second one makes those of `[x, r ∘ h]`, or of x where a third
   * one makes those of h. One without rows for x stands last: the gradient by the data passes its gates by.
   */
  readonly matrices: readonly MatrixPlan[];
  /** What follows `initial` and `dFinal`. */
  readonly states: readonly ('C' | 'H' | 'State')[];
  /** Whether a matrix as large as the states over time is kept beside them. */
  readonly keepsExtra: boolean;
}

export const basicRNNPlan: CellPlan = {
  kernelName: BasicRNNSequence,
  forward: 0,
  backward: 1,
  matrices: [{ kernel: 'kernel', bias: 'bias', gates: 1, rows: 'xh' }],
  states: ['State'],
  keepsExtra: false,
};

export const lstmPlan: CellPlan = {
  kernelName: LSTMSequence,
  forward: 2,
  backward: 3,
  matrices: [{ kernel: 'kernel', bias: 'bias', gates: 4, rows: 'xh' }],
  states: ['C', 'H'],
  keepsExtra: true,
};

export const gruPlan: CellPlan = {
  kernelName: GRUSequence,
  forward: 4,
  backward: 5,
  matrices: [
    { kernel: 'gatesKernel', bias: 'gatesBias', gates: 2, rows: 'xh' },
    { kernel: 'candidateKernel', bias: 'candidateBias', gates: 1, rows: 'xh' },
  ],
  states: ['State'],
  keepsExtra: true,
};

export const resetAfterGRUPlan: CellPlan = {
  kernelName: ResetAfterGRUSequence,
  forward: 6,
  backward: 7,
  matrices: [
    { kernel: 'gatesKernel', bias: 'gatesBias', gates: 2, rows: 'xh' },
    { kernel: 'inputKernel', bias: 'inputBias', gates: 1, rows: 'x' },
    { kernel: 'hiddenKernel', bias: 'hiddenBias', gates: 1, rows: 'h' },
  ],
  states: ['State'],
  keepsExtra: false,
};
