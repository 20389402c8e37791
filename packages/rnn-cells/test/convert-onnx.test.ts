import '@tensorflow/tfjs-backend-cpu';
import type { GoldenTensor } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { fromONNX, type ONNXNode, type PlainTensor, toONNX } from '../src/index.js';
import {
  type ConvertGolden,
  expectFresh,
  expectGolden,
  plainTensors,
  targets,
} from './convert-goldens.js';
import file from './goldens-convert/goldens/onnx.json' with { type: 'json' };

interface ONNXGolden extends ConvertGolden {
  readonly node: Omit<ONNXNode, 'inputs'> & {
    readonly inputs: Readonly<Record<string, GoldenTensor>>;
  };
}

const goldens = file.cases as unknown as readonly ONNXGolden[];
const timeMajor = true;

describe.each(goldens)('ONNX (goldens-convert/make_onnx.py): $name', (golden) => {
  const node: ONNXNode = { ...golden.node, inputs: plainTensors(golden.node.inputs) };

  test.each(targets)('cells with $forgetBias give its outputs and final states', async (target) => {
    await expectGolden(fromONNX(node, target), golden, { timeMajor });
  });

  test('so does what cells with a forget bias of 1 become and come back from', async () => {
    const back = fromONNX(toONNX(fromONNX(node, { forgetBias: 1 })));
    await expectGolden(back, golden, { timeMajor });
  });

  test('cells become the node again, with its two biases as one where it adds them', () => {
    const again = toONNX(fromONNX(node));
    expect(again.type).toBe(node.type);
    expect(again.attributes).toMatchObject(node.attributes ?? {});
    expect(again.inputs).toEqual({ ...node.inputs, B: mergedBias(node) });
  });

  test('cells are the same after a way through ONNX', () => {
    const cells = fromONNX(node);
    expect(fromONNX(toONNX(cells))).toEqual(cells);
  });

  test('neither way shares memory', () => {
    expectFresh(node, fromONNX);
    expectFresh(fromONNX(node), toONNX);
  });
});

/** All of each direction's B in its first half but that of a candidate that stays apart. */
function mergedBias({ type, inputs, attributes }: ONNXNode): PlainTensor {
  const [directions, rows] = inputs['W']!.shape as [number, number];
  const shape = [directions, 2 * rows];
  const values = inputs['B']?.values.slice() ?? new Float32Array(2 * directions * rows);
  const apart = type === 'GRU' && attributes?.linear_before_reset === 1;
  for (let direction = 0; direction < directions; direction++) {
    const start = direction * 2 * rows;
    for (let i = 0; i < (apart ? (2 / 3) * rows : rows); i++) {
      values[start + i] = values[start + i]! + values[start + rows + i]!;
      values[start + rows + i] = 0;
    }
  }
  return { shape, values };
}
