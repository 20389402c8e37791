import '@tensorflow/tfjs-backend-cpu';
import {
  backend,
  grads,
  memory,
  type Scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { adam, clipByGlobalNorm, trainStep } from '@unroll/trainer';
import { beforeEach, describe, expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import type { Threads } from '../src/core/threads.js';
import '../src/cpu.js';
import { lstmPlan } from '../src/sequence/cell-plan.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const engine = sharedEngine()!;
const { arena } = engine.core;

/** Threads whose every way back has a last part that points out of the memory. */
function breaking(threads: Threads): Threads {
  const { count, whole } = threads;
  return {
    count,
    whole,
    begin(operation, parts, onEnd) {
      const broken = operation === lstmPlan.backward ? [...parts.slice(1), 0x7f_ff_00_00] : parts;
      return threads.begin(operation, broken, onEnd);
    },
    stop: async () => threads.stop(),
  };
}

function weightsOf({ trainableVariables }: BasicLSTMCell): [Variable, Variable] {
  return [...trainableVariables] as [Variable, Variable];
}

interface Network {
  readonly cell: BasicLSTMCell;
  readonly inputs: Tensor3D;
  readonly loss: () => Scalar;
}

function held(): number[] {
  const { numTensors, numDataBuffers } = memory();
  return [numTensors, numDataBuffers, backend().numDataIds(), arena.used];
}

/** Calls while every way back fails: nothing is left of it, and passes go on. */
function whileBroken(call: (network: Network) => void): void {
  const before = held();
  const cell = new BasicLSTMCell({ inputSize: 5, units: 32 });
  const inputs = noise([64, 7, 5], 1) as Tensor3D;
  const loss = (): Scalar => sum(square(dynamicRNN(cell, inputs).outputs)) as Scalar;
  const sound = engine.threads;
  engine.threads = breaking(sound);
  try {
    call({ cell, inputs, loss });
  } finally {
    engine.threads = sound;
  }
  const value = tidy(loss);
  expect(Number.isFinite(value.dataSync()[0])).toBe(true);
  for (const one of [value, cell, inputs]) one.dispose();
  expect(held()).toEqual(before);
}

const failure = /memory access out of bounds/u;

describe.each(['wasm', 'cpu'])('a way back that fails on %s', (name) => {
  describe.each([1, 3])('on %d threads', (threads) => {
    beforeEach(async () => {
      await setBackend(name);
      await ready({ threads });
    });

    test('throws at each look at a gradient', () =>
      whileBroken(({ cell, inputs, loss }) => {
        const by = [inputs, ...cell.trainableVariables] as Tensor[];
        const gradients = grads(loss)(by);
        for (const gradient of [...gradients, ...gradients]) {
          expect(() => gradient.dataSync()).toThrow(failure);
        }
        for (const gradient of gradients) gradient.dispose();
      }));

    test('throws at each look at a variable that was updated by it', () =>
      whileBroken(({ cell, loss }) => {
        const [kernel, bias] = weightsOf(cell);
        const variables = { kernel, bias };
        const optimizer = adam();
        const step = (): void => {
          trainStep({ variables, optimizer, evaluate: () => ({ loss: loss() }) }).loss.dispose();
        };
        step();
        for (const weight of [kernel, bias, kernel]) {
          expect(() => weight.dataSync()).toThrow(failure);
        }
        expect(step).toThrow(failure);
        optimizer.dispose();
        for (const weight of [kernel, bias]) tidy(() => weight.assign(noise(weight.shape, 1)));
      }));

    test('leaves the variables as they were where gradients are clipped', () =>
      whileBroken(({ cell, loss }) => {
        const [kernel, bias] = weightsOf(cell);
        const variables = { kernel, bias };
        const numbers = kernel.dataSync();
        const optimizer = {
          applyGradients: (_: unknown, gradients: Readonly<Record<string, Tensor>>) => {
            clipByGlobalNorm(gradients, 1);
          },
          dispose() {},
        };
        const evaluate = () => ({ loss: loss() });
        expect(() => trainStep({ variables, optimizer, evaluate })).toThrow(failure);
        expect(kernel.dataSync()).toEqual(numbers);
      }));
  });
});
