import {
  concat,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { buildLayer, type LayerState, outputOf } from '@unroll/models';
import {
  bidirectionalDynamicRNN,
  dynamicRNN,
  getWeights,
  glorotUniform,
  MultiRNNCell,
  type RNNCell,
  zerosInitializer,
} from '@unroll/rnn-cells';
import {
  accuracy,
  denseSparseSoftmaxCrossEntropy,
  type Evaluation,
  type NamedVariables,
} from '@unroll/trainer';
import { classes, type ModelSpec } from '../models.ts';

/** Our side of every model of the race: cells, a dense layer, mean cross-entropy and accuracy. */
export interface SequenceClassifier {
  readonly variables: NamedVariables;
  evaluate(sequences: Tensor3D, labels: Tensor1D): Evaluation;
}

export function sequenceClassifier(spec: ModelSpec): SequenceClassifier {
  const reader = spec.bidirectional ? bothWays(spec) : forward(spec);
  const width = spec.bidirectional ? 2 * spec.units : spec.units;
  const initializer = glorotUniform({ seed: 'dense' });
  const kernel = tidy(() => variable(initializer([width, classes]))) as Tensor2D & Variable;
  const bias = tidy(() => variable(zerosInitializer()([classes]))) as Tensor1D & Variable;
  return {
    variables: { ...reader.variables, 'dense/kernel': kernel, 'dense/bias': bias },
    evaluate: (sequences, labels) =>
      tidy(() => {
        const inputs = reader.read(sequences);
        const { loss, logits } = denseSparseSoftmaxCrossEntropy({ inputs, kernel, bias, labels });
        return { loss, metrics: { accuracy: accuracy(labels, logits) } };
      }),
  };
}

/** Reads sequences down to `[batch, features]`. */
interface Reader {
  readonly variables: NamedVariables;
  read(sequences: Tensor3D): Tensor2D;
}

function forward({ cell: kind, inputSize, layers, units }: ModelSpec): Reader {
  const stack = Array.from({ length: layers }, (_, layer) =>
    buildLayer(kind, {
      inputSize: layer === 0 ? inputSize : units,
      units,
      seed: `cell_${layer}`,
    }),
  );
  const cell: RNNCell<LayerState | readonly LayerState[]> =
    layers === 1 ? stack[0]! : new MultiRNNCell(stack);
  return {
    variables: getWeights(cell),
    read(sequences) {
      const { finalState } = dynamicRNN(cell, sequences);
      return outputOf((Array.isArray(finalState) ? finalState.at(-1) : finalState) as LayerState);
    },
  };
}

function bothWays({ cell: kind, inputSize, units }: ModelSpec): Reader {
  const cellFw = buildLayer(kind, { inputSize, units, seed: 'fw' });
  const cellBw = buildLayer(kind, { inputSize, units, seed: 'bw' });
  return {
    variables: {
      ...getWeights(cellFw, { scope: 'fw' }),
      ...getWeights(cellBw, { scope: 'bw' }),
    },
    read(sequences) {
      const { finalState } = bidirectionalDynamicRNN(cellFw, cellBw, sequences);
      return concat(finalState.map(outputOf), 1);
    },
  };
}
