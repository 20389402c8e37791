import { concat, type Tensor, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, leaves, stateOf, tensorOf } from '@unroll/testing';
import type { GoldenState, GoldenTensor } from '@unroll/testing';
import { expect } from 'vitest';
import {
  bidirectionalDynamicRNN,
  type CellTarget,
  createCell,
  dynamicRNN,
  MultiRNNCell,
  type PlainCells,
  type PlainTensor,
  type RNNCell,
  stackBidirectionalDynamicRNN,
} from '../src/index.js';

interface Sides<T> {
  readonly fw: readonly T[];
  readonly bw: readonly T[];
}

/** What another system gave for a module (`goldens-convert/make_*.py`). */
export interface ConvertGolden {
  readonly name: string;
  readonly inputs: GoldenTensor;
  readonly sequenceLength: readonly number[] | null;
  readonly initialState: Sides<GoldenState>;
  readonly outputs: GoldenTensor;
  readonly finalState: Sides<GoldenState>;
}

/** Ways to convert that have to give the same network. */
export const targets: readonly CellTarget[] = [{}, { forgetBias: 1 }];

export function plain({ shape, values }: GoldenTensor): PlainTensor {
  return { shape, values: Float32Array.from(values) };
}

export function plainTensors(
  golden: Readonly<Record<string, GoldenTensor>>,
): Record<string, PlainTensor> {
  return Object.fromEntries(Object.entries(golden).map(([name, value]) => [name, plain(value)]));
}

/** Asserts that converted cells give the golden's outputs and final states, within 1e-5. */
export async function expectGolden(
  cells: PlainCells,
  golden: ConvertGolden,
  { timeMajor = false }: { readonly timeMajor?: boolean } = {},
): Promise<void> {
  await expectNoLeak(() => {
    const fw = cells.cellsFw.map((cell) => createCell(cell));
    const bw = cells.cellsBw.map((cell) => createCell(cell));
    tidy(() => {
      const run = runLoop(fw as RNNCell<unknown>[], bw as RNNCell<unknown>[], golden, timeMajor);
      expectClose(run.outputs, golden.outputs, 1e-5, 'outputs');
      const expected = leaves<GoldenTensor>([golden.finalState.fw, golden.finalState.bw]);
      const got = leaves<Tensor>(run.finalState);
      for (const [i, leaf] of got.entries()) expectClose(leaf, expected[i]!, 1e-5, `state ${i}`);
      if (got.length !== expected.length) throw new Error('expected as many states');
    });
    for (const cell of [...fw, ...bw]) cell.dispose();
  });
}

/** Asserts that a conversion leaves what it is given as it is, and shares no memory with it. */
export function expectFresh<Given>(given: Given, convert: (given: Given) => unknown): void {
  const before = structuredClone(given);
  const arrays = arraysOf(convert(given));
  expect(arrays.length).toBeGreaterThan(0);
  for (const array of arrays) array.fill(9);
  expect(given).toEqual(before);
}

function arraysOf(value: unknown): Float32Array[] {
  if (value instanceof Float32Array) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(arraysOf);
}

function runLoop(
  fw: readonly RNNCell<unknown>[],
  bw: readonly RNNCell<unknown>[],
  golden: ConvertGolden,
  timeMajor: boolean,
): { outputs: Tensor3D; finalState: unknown } {
  const inputs = tensorOf(golden.inputs) as Tensor3D;
  const options = {
    timeMajor,
    ...(golden.sequenceLength ? { sequenceLength: golden.sequenceLength } : {}),
  };
  const initialFw = golden.initialState.fw.map(stateOf);
  const initialBw = golden.initialState.bw.map(stateOf);
  if (bw.length === 0) {
    return dynamicRNN(new MultiRNNCell(fw), inputs, { ...options, initialState: initialFw });
  }
  if (fw.length === 0) {
    // Of both directions the backward one alone.
    const [cell] = bw as [RNNCell<unknown>];
    const all = { ...options, initialStateBw: initialBw[0] };
    const { outputs, finalState } = bidirectionalDynamicRNN(cell, cell, inputs, all);
    return { outputs: outputs[1], finalState: finalState[1] };
  }
  if (fw.length === 1) {
    const all = { ...options, initialStateFw: initialFw[0], initialStateBw: initialBw[0] };
    const { outputs, finalState } = bidirectionalDynamicRNN(fw[0]!, bw[0]!, inputs, all);
    return { outputs: concat(outputs, 2), finalState };
  }
  const all = { ...options, initialStatesFw: initialFw, initialStatesBw: initialBw };
  return stackBidirectionalDynamicRNN(fw, bw, inputs, all);
}
