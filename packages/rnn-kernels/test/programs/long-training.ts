/* A program for Node: 1,000 steps on two threads; on stdout, after every 200, what is held. Then nothing. */
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  dispose,
  env,
  mean,
  memory,
  randomNormal,
  type Scalar,
  setBackend,
  square,
  sub,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { adam, trainStep } from '@unroll/trainer';
import { sharedEngine } from '../../src/core/shared-engine.js';
import { ready } from '../../src/wasm.js';

/** After a step. */
export interface Held {
  readonly threads: number;
  readonly loss: number;
  readonly tensors: number;
  /** Bytes of the core's memory: in use, and in all. */
  readonly used: number;
  readonly bytes: number;
}

env().set('IS_TEST', true);
await setBackend('wasm');
const { threads } = await ready({ threads: 2 });
const { arena, memory: coreMemory } = sharedEngine()!.core;
const cell = new BasicLSTMCell({ inputSize: 8, units: 24 });
const optimizer = adam({ learningRate: 0.01 });
const inputs = randomNormal([32, 6, 8], 0, 1, 'float32', 1) as Tensor3D;
const target = randomNormal([32, 24], 0, 0.3, 'float32', 2);

function report(loss: number): void {
  const held: Held = {
    threads,
    loss,
    tensors: memory().numTensors,
    used: arena.used,
    bytes: coreMemory.buffer.byteLength,
  };
  process.stdout.write(`${JSON.stringify(held)}\n`);
}

for (let step = 1; step <= 1000; step++) {
  const { loss } = trainStep({
    variables: { kernel: cell.trainableVariables[0]!, bias: cell.trainableVariables[1]! },
    optimizer,
    evaluate: () => {
      const { h } = dynamicRNN(cell, inputs).finalState;
      return { loss: mean(square(sub(h, target))) as Scalar, metrics: {} };
    },
  });
  const [value = Number.NaN] = loss.dataSync();
  if (step % 200 === 0) report(value);
  dispose(loss);
}
// Ends the last pass, so that all it holds can go.
cell.trainableVariables[0]!.dataSync();
cell.dispose();
optimizer.dispose();
dispose([inputs, target]);
report(Number.NaN);
