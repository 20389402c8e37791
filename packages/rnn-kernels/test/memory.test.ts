import '@tensorflow/tfjs-backend-cpu';
import { memory, ones, sum, type Tensor3D, tidy, zeros } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { expectRefusal } from '@unroll/testing';
import { trainStep } from '@unroll/trainer';
import { describe, expect, test } from 'vitest';
import { Arena } from '../src/core/arena.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';

const most = 2 ** 31;

/** What an attempt throws; nothing if it ends well. */
function endOf(attempt: () => void): string {
  try {
    attempt();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('an arena', () => {
  test('refuses more than the memory may grow to, and is as it was', () => {
    const arena = new Arena(new WebAssembly.Memory({ initial: 1, maximum: 3 }), 3);
    const block = arena.take(65_536);
    expectRefusal(
      () => arena.take(131_072),
      RangeError,
      'rnn-kernels: expected sequences that take at most 196608 bytes of memory at once, got some that take 196800',
    );
    expect(arena.used).toBe(65_536);
    expect(arena.take(131_072 - 192).address).toBe(192 + 65_536);
    arena.give(block);
    expect(arena.take(65_536).address).toBe(192);
  });

  test('refuses what the engine does not give, and is as it was', () => {
    // As if the system had no more: the memory grows less far than it says.
    const arena = new Arena(new WebAssembly.Memory({ initial: 1, maximum: 2 }), 32_768);
    expectRefusal(
      () => arena.take(131_072),
      RangeError,
      'rnn-kernels: expected 131264 bytes of memory for sequences, got 65536 from the engine and no more',
    );
    expect(arena.used).toBe(0);
  });
});

describe('a sequence that takes more memory than there is', () => {
  test('is refused before anything is computed, and nothing is left of it', () => {
    const { arena, memory: core } = sharedEngine()!.core;
    const cell = new BasicLSTMCell({ inputSize: 1, units: 1 });
    // A step of 4 rows takes a panel of 8 columns for each gate and state, so 1 KiB.
    const steps = 2 ** 21;
    const inputs = zeros([1, steps, 1]) as Tensor3D;
    const refusal =
      /^rnn-kernels: expected sequences that take at most 2147483648 bytes of memory at once, got some that take \d+$/u;
    const before = [memory().numTensors, arena.used, core.buffer.byteLength];
    expect(() => tidy(() => dynamicRNN(cell, inputs).outputs)).toThrow(RangeError);
    expect(() => tidy(() => dynamicRNN(cell, inputs).outputs)).toThrow(refusal);
    expect([memory().numTensors, arena.used, core.buffer.byteLength]).toEqual(before);
    inputs.dispose();
    cell.dispose();
  });

  test('leaves nothing wherever it is refused, and the next one that fits is right', () => {
    const { arena } = sharedEngine()!.core;
    const cell = new BasicLSTMCell({ inputSize: 5, units: 9 });
    const inputs = ones([6, 7, 5]) as Tensor3D;
    // The trainer's step, since TensorFlow.js's own gradients leave what they saved before an error.
    const step = (): number[] => {
      const taken: number[] = [];
      const { loss } = trainStep({
        variables: { kernel: cell.trainableVariables[0]! },
        optimizer: {
          applyGradients: (_, { kernel }) => void taken.push(...kernel!.dataSync()),
          dispose() {},
        },
        evaluate: () => ({ loss: sum(dynamicRNN(cell, inputs).outputs), metrics: {} }),
      });
      loss.dispose();
      return taken;
    };
    const expected = step();
    const before = memory().numTensors;
    const ends: string[] = [];
    for (let free = 0; free < 131_072; free += 4096) {
      const rest = arena.take(most - 192 - free);
      ends.push(endOf(() => expect(step()).toEqual(expected)));
      expect(arena.used).toBe(rest.size);
      arena.give(rest);
      expect(memory().numTensors).toBe(before);
    }
    const refusals = ends.filter((end) => end.startsWith('rnn-kernels: expected sequences that'));
    expect(refusals.length).toBeGreaterThan(4);
    expect(ends.slice(refusals.length)).toEqual(
      Array.from({ length: 32 - refusals.length }, () => ''),
    );
    inputs.dispose();
    cell.dispose();
  });
});
