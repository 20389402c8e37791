import type { ModelSpec } from '../models.ts';

/** Training steps against one size, the others held. */
export interface Sweep {
  readonly name: 'batch' | 'time' | 'units';
  readonly title: string;
  readonly models: readonly ModelSpec[];
}

const held: ModelSpec = {
  name: 'growth',
  title: 'LSTM',
  cell: 'basic-lstm',
  layers: 1,
  units: 128,
  bidirectional: false,
  batch: 32,
  time: 28,
  inputSize: 28,
};

const doubled = (from: number, to: number): number[] =>
  Array.from({ length: Math.log2(to / from) + 1 }, (_, i) => from * 2 ** i);

/** An LSTM of 128 units, batch 32, 28 steps of 28 inputs, and one of these grows. */
export const sweeps: readonly Sweep[] = [
  {
    name: 'time',
    title: 'Length of the sequence',
    models: [28, ...doubled(64, 4096)].map((time) => ({ ...held, time })),
  },
  {
    name: 'units',
    title: 'Units',
    models: doubled(16, 1024).map((units) => ({ ...held, units })),
  },
  {
    name: 'batch',
    title: 'Batch',
    models: doubled(1, 1024).map((batch) => ({ ...held, batch })),
  },
];
