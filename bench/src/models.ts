/** A classifier of sequences, trained on one batch again and again. */
export interface ModelSpec {
  readonly name: string;
  readonly title: string;
  readonly cell: 'basic-lstm' | 'basic-rnn' | 'gru';
  readonly layers: number;
  readonly units: number;
  /** One layer forward and one backward, their last outputs side by side. */
  readonly bidirectional: boolean;
  readonly batch: number;
  readonly time: number;
  readonly inputSize: number;
}

export const classes = 10;

/** MNIST's images row by row, in batches of 128. */
const rows = {
  cell: 'basic-rnn',
  layers: 1,
  units: 31,
  bidirectional: false,
  batch: 128,
  time: 28,
  inputSize: 28,
} as const;

export const models: readonly ModelSpec[] = [
  { ...rows, name: 'basic-rnn', title: 'BasicRNN, 31 units' },
  { ...rows, name: 'basic-rnn-3', title: 'BasicRNN, three layers of 31 units', layers: 3 },
  { ...rows, name: 'lstm', title: 'LSTM, 128 units', cell: 'basic-lstm', units: 128 },
  { ...rows, name: 'gru', title: 'GRU, 128 units', cell: 'gru', units: 128 },
  {
    ...rows,
    name: 'bidirectional',
    title: 'Bidirectional LSTM, 64 units each way',
    cell: 'basic-lstm',
    units: 64,
    bidirectional: true,
  },
  {
    ...rows,
    name: 'pixels',
    title: 'LSTM, 256 units, 784 steps of one pixel',
    cell: 'basic-lstm',
    units: 256,
    time: 784,
    inputSize: 1,
  },
];
