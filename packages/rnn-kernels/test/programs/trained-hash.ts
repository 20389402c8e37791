/*
 * A program for Node: trains cells of all kinds on two threads, with wide vectors if the global `wanted` says
 * so; on stdout what `ready` gave, and for each cell a hash of its weights and of its outputs.
 */
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  dispose,
  env,
  mean,
  randomNormal,
  type Scalar,
  setBackend,
  square,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { BasicLSTMCell, BasicRNNCell, dynamicRNN, GRUCell } from '@unroll/rnn-cells';
import { adam, trainStep } from '@unroll/trainer';
import { createHash } from 'node:crypto';
import { type CoreReport, ready } from '../../src/wasm.js';

export interface TrainedHash {
  readonly ready: CoreReport;
  /** By the cell. */
  readonly hashes: Readonly<Record<string, string>>;
}

const wanted = (globalThis as { readonly wanted?: boolean }).wanted === true;

/** With an odd number of panels, and rows that are left over after blocks of six. */
const [batch, time, inputSize] = [44, 7, 10];

/** Enough for the engine to compile all that runs for speed. */
const steps = 150;

function makeCell(kind: string): BasicLSTMCell | BasicRNNCell | GRUCell {
  if (kind === 'BasicRNN') return new BasicRNNCell({ inputSize, units: 42 });
  if (kind === 'BasicLSTM') return new BasicLSTMCell({ inputSize, units: 20 });
  return new GRUCell({ inputSize, units: 26, resetAfter: kind === 'reset-after GRU' });
}

function train(kind: string): string {
  const cell = makeCell(kind);
  const hash = createHash('sha256');
  for (const [i, weight] of cell.trainableVariables.entries()) {
    weight.assign(tidy(() => randomNormal(weight.shape as [number], 0, 0.3, 'float32', 9 + i)));
  }
  const variables = Object.fromEntries(cell.trainableVariables.map((one, i) => [`${i}`, one]));
  const optimizer = adam({ learningRate: 0.01 });
  const inputs = randomNormal([batch, time, inputSize], 0, 1, 'float32', 1) as Tensor3D;
  for (let step = 0; step < steps; step++) {
    const { loss } = trainStep({
      variables,
      optimizer,
      evaluate: () => {
        const { outputs } = dynamicRNN<unknown>(cell, inputs);
        return { loss: mean(square(outputs)) as Scalar, metrics: {} };
      },
    });
    dispose(loss);
  }
  for (const weight of cell.trainableVariables) hash.update(weight.dataSync());
  const { outputs } = tidy(() => ({ outputs: dynamicRNN<unknown>(cell, inputs).outputs }));
  hash.update(outputs.dataSync());
  return hash.digest('hex');
}

env().set('IS_TEST', true);
await setBackend('wasm');
const report: TrainedHash = {
  ready: await ready({ threads: 2, wideVectors: wanted }),
  hashes: Object.fromEntries(
    ['BasicRNN', 'BasicLSTM', 'GRU', 'reset-after GRU'].map((kind) => [kind, train(kind)]),
  ),
};
process.stdout.write(JSON.stringify(report));
