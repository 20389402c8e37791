import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  BasicLSTMCell,
  BasicRNNCell,
  GRUCell,
  glorotUniform,
  type LSTMStateTuple,
  type RNNCell,
} from '@unroll/rnn-cells';

export interface LayerOptions {
  readonly inputSize: number;
  readonly units: number;
  /** Seed of the layer's weights. */
  readonly seed: string;
}

/** The state of a layer of any kind. */
export type LayerState = LSTMStateTuple | Tensor2D;

/** The kinds of cells that the apps train, by the name that a user types. */
export type CellKind = 'basic-lstm' | 'basic-rnn' | 'gru';

type LayerBuilder = (options: LayerOptions) => RNNCell<LayerState>;

const builders: Readonly<Record<CellKind, LayerBuilder>> = {
  'basic-rnn': (options) => new BasicRNNCell(withSeed(options)),
  'basic-lstm': (options) => new BasicLSTMCell(withSeed(options)),
  gru: (options) => new GRUCell(withSeed(options)),
};

function withSeed({ inputSize, units, seed }: LayerOptions) {
  let matrix = 0;
  return {
    inputSize,
    units,
    // A cell may have several matrices; each has a seed of its own.
    kernelInitializer: (shape: [number, ...number[]]) =>
      glorotUniform({ seed: `${seed}${matrix++ === 0 ? '' : `/${matrix}`}` })(shape),
  };
}

export const cellKinds: readonly CellKind[] = Object.keys(builders) as CellKind[];

/** Builds a layer of a kind. */
export function buildLayer(kind: CellKind, options: LayerOptions): RNNCell<LayerState> {
  return builders[kind](options);
}

/** What a layer gave as output of the step that its state is from. */
export function outputOf(state: LayerState): Tensor2D {
  return 'h' in state ? state.h : state;
}
