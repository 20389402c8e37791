/* A program for Node: 1,000 steps on two threads, what is held after some of them on stdout, then nothing. */
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  env,
  memory,
  randomNormal,
  setBackend,
  square,
  sum,
  type Tensor3D,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { sharedEngine } from '../../src/core/shared-engine.js';
import { ready } from '../../src/wasm.js';

export interface Held {
  readonly step: number;
  readonly threads: number;
  readonly loss: number;
  readonly tensors: number;
  /** Of the core's memory: in use, and there, in bytes. */
  readonly used: number;
  readonly bytes: number;
  /** What keeps Node from ending. */
  readonly resources: readonly string[];
}

env().set('IS_TEST', true);
await setBackend('wasm');
const { threads } = await ready({ threads: 2 });
const { arena, memory: coreMemory } = sharedEngine()!.core;
const cell = new BasicLSTMCell({ inputSize: 8, units: 24 });
const inputs = randomNormal([32, 6, 8], 0, 1, 'float32', 1) as Tensor3D;
for (let step = 1; step <= 1000; step++) {
  const loss = takeStep();
  if (step % 200 === 0) {
    const held: Held = {
      step,
      threads,
      loss,
      tensors: memory().numTensors,
      used: arena.used,
      bytes: coreMemory.buffer.byteLength,
      resources: process.getActiveResourcesInfo(),
    };
    process.stdout.write(`${JSON.stringify(held)}\n`);
  }
}

function takeStep(): number {
  return 0;
}
