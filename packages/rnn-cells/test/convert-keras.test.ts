import '@tensorflow/tfjs-backend-cpu';
import type { GoldenTensor } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  type CellTarget,
  fromKeras,
  type KerasLayer,
  type PlainCells,
  type PlainTensor,
  toKeras,
} from '../src/index.js';
import {
  type ConvertGolden,
  expectFresh,
  expectGolden,
  plainTensors,
  targets,
} from './convert-goldens.js';
import file from './goldens-convert/goldens/keras.json' with { type: 'json' };

type GoldenLayer = Omit<KerasLayer, 'weights'> & {
  readonly weights: Readonly<Record<string, GoldenTensor>>;
};

interface KerasGolden extends ConvertGolden {
  readonly layers: { readonly fw: readonly GoldenLayer[]; readonly bw: readonly GoldenLayer[] };
}

const goldens = file.cases as unknown as readonly KerasGolden[];

describe.each(goldens)('Keras (goldens-convert/make_keras.py): $name', (golden) => {
  const [fw, bw] = [golden.layers.fw, golden.layers.bw].map((layers) =>
    layers.map((layer): KerasLayer => ({ ...layer, weights: plainTensors(layer.weights) })),
  ) as [KerasLayer[], KerasLayer[]];
  const layers = [...fw, ...bw];
  const convert = (target?: CellTarget): PlainCells => ({
    cellsFw: fw.map((layer) => fromKeras(layer, target)),
    cellsBw: bw.map((layer) => fromKeras(layer, target)),
  });

  test.each(targets)('cells with $forgetBias give its outputs and final states', async (target) => {
    await expectGolden(convert(target), golden);
  });

  test('so does what cells with a forget bias of 1 become and come back from', async () => {
    const there = convert({ forgetBias: 1 });
    const back = (cells: PlainCells['cellsFw']): PlainCells['cellsFw'] =>
      cells.map((cell) => fromKeras(toKeras(cell)));
    await expectGolden({ cellsFw: back(there.cellsFw), cellsBw: back(there.cellsBw) }, golden);
  });

  test('cells become the layers again, with the two biases as one where Keras adds them', () => {
    for (const layer of layers) {
      const again = toKeras(fromKeras(layer));
      expect(again.type).toBe(layer.type);
      expect(again.weights).toEqual({ ...layer.weights, bias: mergedBias(layer) });
      expect(layer.config).toMatchObject({ ...again.config, use_bias: 'bias' in layer.weights });
    }
  });

  test('cells are the same after a way through Keras', () => {
    for (const cell of layers.map((layer) => fromKeras(layer))) {
      expect(fromKeras(toKeras(cell))).toEqual(cell);
    }
  });

  test('neither way shares memory', () => {
    for (const layer of layers) {
      expectFresh(layer, fromKeras);
      expectFresh(fromKeras(layer), toKeras);
    }
  });
});

/** All of the bias in the input's row but that of the candidate, z, r, h. */
function mergedBias({ weights, config, type }: KerasLayer): PlainTensor {
  const columns = weights['kernel']!.shape[1]!;
  const twoRows = type === 'GRU' && config?.reset_after !== false;
  const shape = twoRows ? [2, columns] : [columns];
  const bias = weights['bias'] ?? { shape, values: new Float32Array(shape[0]! * (shape[1] ?? 1)) };
  if (!twoRows) return bias;
  const gates = (2 / 3) * columns;
  const values = bias.values.slice();
  for (let i = 0; i < gates; i++) {
    values[i] = values[i]! + values[columns + i]!;
    values[columns + i] = 0;
  }
  return { shape, values };
}
