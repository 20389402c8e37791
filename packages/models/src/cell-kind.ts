import type { Tensor2D } from '@tensorflow/tfjs-core';
import { BasicRNNCell, glorotUniform, type RNNCell } from '@unroll/rnn-cells';

export interface LayerOptions {
  readonly inputSize: number;
  readonly units: number;
  /** Seed of the layer's weights. */
  readonly seed: string;
}

/** The kinds of cells that the apps train, by the name that a user types. */
export type CellKind = 'basic-rnn';

type LayerBuilder = (options: LayerOptions) => RNNCell<Tensor2D>;

const builders: Readonly<Record<CellKind, LayerBuilder>> = {
  'basic-rnn': ({ inputSize, units, seed }) =>
    new BasicRNNCell({ inputSize, units, kernelInitializer: glorotUniform({ seed }) }),
};

export const cellKinds: readonly CellKind[] = Object.keys(builders) as CellKind[];

/** Builds a layer of a kind, whose state is its output. */
export function buildLayer(kind: CellKind, options: LayerOptions): RNNCell<Tensor2D> {
  return builders[kind](options);
}
