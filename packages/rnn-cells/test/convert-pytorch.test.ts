import '@tensorflow/tfjs-backend-cpu';
import type { GoldenTensor } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  fromPyTorch,
  type PlainTensor,
  type PlainTensors,
  type PyTorchModule,
  toPyTorch,
} from '../src/index.js';
import {
  type ConvertGolden,
  expectFresh,
  expectGolden,
  plain,
  plainTensors,
  targets,
} from './convert-goldens.js';
import file from './goldens-convert/goldens/pytorch.json' with { type: 'json' };

interface PyTorchGolden extends ConvertGolden {
  readonly module: Omit<PyTorchModule, 'stateDict'> & {
    readonly stateDict: Readonly<Record<string, GoldenTensor>>;
  };
}

const goldens = file.cases as unknown as readonly PyTorchGolden[];

describe.each(goldens)('PyTorch (goldens-convert/make_pytorch.py): $name', (golden) => {
  const module: PyTorchModule = {
    ...golden.module,
    stateDict: plainTensors(golden.module.stateDict),
  };

  test.each(targets)('cells with $forgetBias give its outputs and final states', async (target) => {
    await expectGolden(fromPyTorch(module, target), golden);
  });

  test('so does what cells with a forget bias of 1 become and come back from', async () => {
    const back = fromPyTorch(toPyTorch(fromPyTorch(module, { forgetBias: 1 })));
    await expectGolden(back, golden);
  });

  test('cells become the module again, with its two biases as one where it adds them', () => {
    expect(toPyTorch(fromPyTorch(module))).toEqual({
      type: module.type,
      ...(module.type === 'RNN' ? { nonlinearity: module.nonlinearity ?? 'tanh' } : {}),
      stateDict: mergeBiases(module),
    });
  });

  test('cells are the same after a way through PyTorch', () => {
    const cells = fromPyTorch(module);
    expect(fromPyTorch(toPyTorch(cells))).toEqual(cells);
  });

  test('neither way shares memory', () => {
    expectFresh(module, fromPyTorch);
    expectFresh(fromPyTorch(module), toPyTorch);
  });
});

/** The state dict with all of the biases in `bias_ih` but a GRU's `b_hn`. */
function mergeBiases({ type, stateDict }: PyTorchModule): PlainTensors {
  const merged: Record<string, PlainTensor> = {};
  for (const [name, tensor] of Object.entries(stateDict)) {
    if (!name.startsWith('bias')) merged[name] = tensor;
    if (!name.startsWith('weight_ih')) continue;
    const [inputName, stateName] = ['bias_ih', 'bias_hh'].map((bias) =>
      name.replace('weight_ih', bias),
    ) as [string, string];
    const rows = tensor.shape[0]!;
    const none = plain({ shape: [rows], values: Array.from({ length: rows }, () => 0) });
    const { values: input } = stateDict[inputName] ?? none;
    const { values: state } = stateDict[stateName] ?? none;
    const apart = (i: number): boolean => type === 'GRU' && i >= (2 / 3) * rows;
    merged[inputName] = {
      shape: [rows],
      values: input.map((value, i) => (apart(i) ? value : value + state[i]!)),
    };
    merged[stateName] = { shape: [rows], values: state.map((value, i) => (apart(i) ? value : 0)) };
  }
  return merged;
}
