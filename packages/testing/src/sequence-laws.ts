import {
  add,
  concat,
  grads,
  memory,
  mul,
  randomNormal,
  slice,
  stack,
  sum,
  type Tensor,
  tensor3d,
  type Tensor2D,
  type Tensor3D,
  tidy,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { type AnyCell, buildCell, type CellLibrary } from './cell-library.js';
import { cellTable } from './cell-table.js';
import { expectClose } from './expect-close.js';
import { expectNoLeak } from './expect-no-leak.js';
import { leaves } from './run-golden-case.js';

const batch = 3;
const time = 5;
const lengths = [2, 5, 0];

interface Setting {
  readonly library: CellLibrary;
  readonly cell: AnyCell;
  /** `[batch, time, inputSize]` */
  readonly inputs: Tensor3D;
}

type Law = (setting: Setting) => void;

/**
 * Defines a test for each law and each cell of the table, on the backend of the moment with the
 * kernels that it has. No law leaves a tensor.
 *
 * @param without - cells of the table that are left out; say why where you do
 */
export function describeSequenceLaws(
  title: string,
  library: CellLibrary,
  without: readonly string[] = [],
): void {
  const cases = Object.entries(cellTable).filter(([name]) => !without.includes(name));
  describe(title, () => {
    for (const [law, holds] of Object.entries(laws)) {
      test.for(cases)(`${law}: %s`, async ([, spec]) => {
        await expectNoLeak(() => {
          const cell = buildCell(library, spec);
          seed = 0;
          tidy(() => {
            for (const weight of Object.values(library.getWeights(cell))) {
              (weight as Tensor & { assign(value: Tensor): void }).assign(noise(weight.shape, 0.5));
            }
            holds({ library, cell, inputs: noise([batch, time, cell.inputSize]) as Tensor3D });
          });
          cell.dispose();
        });
      });
    }
  });
}

let seed = 0;

function noise(shape: number[], deviation = 1): Tensor {
  seed += 1;
  return randomNormal(shape as [number], 0, deviation, 'float32', seed);
}

/** A weighted sum of all that the loop gives, with weights that depend on their place only. */
function loss(
  { library, cell }: Setting,
  inputs: Tensor3D,
  sequenceLength?: readonly number[],
): Tensor {
  const options = sequenceLength === undefined ? {} : { sequenceLength };
  const { outputs, finalState } = library.dynamicRNN(cell, inputs, options);
  return [outputs, ...leaves<Tensor>(finalState)]
    .map((one, i) => sum(mul(one, randomNormal(one.shape as [number], 0, 1, 'float32', 1000 + i))))
    .reduce((a, b) => add(a, b));
}

/** Gradients by the inputs and by each weight. */
function gradientsOf(
  setting: Setting,
  inputs: Tensor3D,
  sequenceLength?: readonly number[],
): Tensor[] {
  const weights = Object.values(setting.library.getWeights(setting.cell));
  return grads(() => loss(setting, inputs, sequenceLength))([inputs, ...weights]);
}

/** The inputs with the padding of the rows replaced by `value`. */
function padded(inputs: Tensor3D, value: number): Tensor3D {
  const [, , features] = inputs.shape;
  const values = Float32Array.from(inputs.dataSync());
  for (const [row, length] of lengths.entries()) {
    values.fill(value, (row * time + length) * features, (row + 1) * time * features);
  }
  return tensor3d(values, inputs.shape);
}

const numbers = (tensor: Tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });

const laws: Readonly<Record<string, Law>> = {
  'the gradient is the slope in any direction': (setting) => {
    const { library, cell, inputs } = setting;
    const weights = Object.values(library.getWeights(cell));
    const points = [inputs, ...weights] as Tensor[];
    const directions = points.map(({ shape }) => noise(shape));
    const slope = gradientsOf(setting, inputs, lengths)
      .map((gradient, i) => sum(mul(gradient, directions[i]!)).dataSync()[0]!)
      .reduce((a, b) => a + b);
    const step = 1e-2;
    const moved = (steps: number): number =>
      tidy(() => {
        const values = points.map((point, i) => add(point, mul(directions[i]!, steps * step)));
        const before = weights.map((weight) => weight.clone());
        for (const [i, weight] of weights.entries()) assign(weight, values[i + 1]!);
        const result = loss(setting, values[0] as Tensor3D, lengths).dataSync()[0]!;
        for (const [i, weight] of weights.entries()) assign(weight, before[i]!);
        return result;
      });
    // Five points: the error falls with the fourth power of the step.
    const near = moved(1) - moved(-1);
    const far = moved(2) - moved(-2);
    const difference = (8 * near - far) / (12 * step);
    expect(Math.abs(slope - difference)).toBeLessThan(1e-2 * Math.max(1, Math.abs(slope)));
  },

  'staticRNN gives what dynamicRNN gives': ({ library, cell, inputs }) => {
    const options = { sequenceLength: lengths };
    const dynamic = library.dynamicRNN(cell, inputs, options);
    const unrolled = library.staticRNN(cell, unstack(inputs, 1) as Tensor2D[], options);
    expectClose(stack(unrolled.outputs, 1), numbers(dynamic.outputs), 1e-6, 'outputs');
    expectStates(unrolled.finalState, dynamic.finalState);
  },

  'a sequence is as many single steps': ({ library, cell, inputs }) => {
    const whole = library.dynamicRNN(cell, inputs, {});
    let state = cell.zeroState(batch);
    const outputs = (unstack(inputs, 1) as Tensor2D[]).map((input) => {
      const [output, next] = cell.call(input, state);
      state = next;
      return output;
    });
    expectClose(whole.outputs, numbers(stack(outputs, 1)), 1e-6, 'outputs');
    expectStates(whole.finalState, state);
  },

  'two halves with the state carried over are the whole': ({ library, cell, inputs }) => {
    const whole = library.dynamicRNN(cell, inputs, {});
    const [a, b] = [slice(inputs, [0, 0, 0], [batch, 2, -1]), slice(inputs, [0, 2, 0])];
    const first = library.dynamicRNN(cell, a, {});
    const second = library.dynamicRNN(cell, b, { initialState: first.finalState });
    const outputs = concat([first.outputs, second.outputs], 1);
    expectClose(outputs, numbers(whole.outputs), 1e-6, 'outputs');
    expectStates(second.finalState, whole.finalState);
  },

  'time-major gives the same, transposed': ({ library, cell, inputs }) => {
    const swap = (tensor: Tensor) => transpose(tensor, [1, 0, 2]) as Tensor3D;
    const one = library.dynamicRNN(cell, inputs, { sequenceLength: lengths });
    const other = library.dynamicRNN(cell, swap(inputs), {
      sequenceLength: lengths,
      timeMajor: true,
    });
    expectClose(swap(other.outputs), numbers(one.outputs), 0, 'outputs');
    expectStates(other.finalState, one.finalState, 0);
  },

  'a row does not see another row': ({ library, cell, inputs }) => {
    const before = library.dynamicRNN(cell, inputs, {}).outputs;
    const others = noise([batch - 1, time, cell.inputSize]);
    const changed = concat([slice(inputs, [0, 0, 0], [1, -1, -1]), others], 0) as Tensor3D;
    const after = library.dynamicRNN(cell, changed, {}).outputs;
    const row = (outputs: Tensor3D) => slice(outputs, [0, 0, 0], [1, -1, -1]);
    expectClose(row(after), numbers(row(before)), 0, 'row 0');
  },

  'a step does not see a later one': ({ library, cell, inputs }) => {
    const before = library.dynamicRNN(cell, inputs, {}).outputs;
    const later = noise([batch, time - 2, cell.inputSize]);
    const changed = concat([slice(inputs, [0, 0, 0], [batch, 2, -1]), later], 1) as Tensor3D;
    const after = library.dynamicRNN(cell, changed, {}).outputs;
    const early = (outputs: Tensor3D) => slice(outputs, [0, 0, 0], [batch, 2, -1]);
    expectClose(early(after), numbers(early(before)), 0, 'steps 0 and 1');
  },

  'past its length a row gives zeros and keeps its state': ({ library, cell, inputs }) => {
    const { outputs, finalState } = library.dynamicRNN(cell, inputs, { sequenceLength: lengths });
    for (const [row, length] of lengths.entries()) {
      const past = slice(outputs, [row, length, 0], [1, time - length, -1]);
      expect([...past.dataSync()].every((value) => value === 0)).toBe(true);
      if (length === 0) continue;
      const alone = slice(inputs, [row, 0, 0], [1, length, -1]);
      const shorter = library.dynamicRNN(cell, alone, {});
      expectStates(shorter.finalState, finalState, 1e-6, row);
    }
  },

  'NaN in the padding reaches neither results nor gradients': (setting) => {
    const { library, cell, inputs } = setting;
    const options = { sequenceLength: lengths };
    const zeros = padded(inputs, 0);
    const nans = padded(inputs, Number.NaN);
    const clean = library.dynamicRNN(cell, zeros, options);
    const dirty = library.dynamicRNN(cell, nans, options);
    expectClose(dirty.outputs, numbers(clean.outputs), 0, 'outputs');
    expectStates(dirty.finalState, clean.finalState, 0);
    const expected = gradientsOf(setting, zeros, lengths);
    for (const [i, gradient] of gradientsOf(setting, nans, lengths).entries()) {
      expectClose(gradient, numbers(expected[i]!), 1e-6, `gradient ${i}`);
    }
    const byInputs = numbers(padded(expected[0] as Tensor3D, 0));
    expectClose(expected[0]!, byInputs, 0, 'the gradient by the padding is zero');
  },

  'results are the caller’s alone': ({ library, cell, inputs }) => {
    const before = memory().numTensors;
    const initialState = cell.zeroState(batch);
    const result = library.dynamicRNN(cell, inputs, { initialState, sequenceLength: [0, 0, 0] });
    for (const tensor of [result.outputs, ...leaves<Tensor>(result.finalState)]) tensor.dispose();
    for (const tensor of leaves<Tensor>(initialState)) expect(tensor.isDisposed).toBe(false);
    for (const tensor of leaves<Tensor>(initialState)) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  },
};

function assign(weight: Tensor, value: Tensor): void {
  (weight as Tensor & { assign(value: Tensor): void }).assign(value);
}

function expectStates(actual: unknown, expected: unknown, tolerance = 1e-6, row?: number): void {
  const pick = (state: Tensor) => (row === undefined ? state : slice(state, [row, 0], [1, -1]));
  const states = leaves<Tensor>(expected);
  for (const [i, state] of leaves<Tensor>(actual).entries()) {
    expectClose(state, numbers(pick(states[i]!)), tolerance, `finalState ${i}`);
  }
}
