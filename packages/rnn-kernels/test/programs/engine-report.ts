/* A program for Node: what the entries do in the engine that it is started with, on stdout. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { env } from '@tensorflow/tfjs-core';
import '../../src/cpu.js';
import '../../src/wasm.js';
import { checkStep, type StepCheck } from './check-step.js';
import { type Started, startThreads } from './start-threads.js';

export interface EngineReport {
  readonly ready: Started;
  readonly cpu: StepCheck;
  /** Absent where there is no WebAssembly at all. */
  readonly wasm?: StepCheck;
  /** Worker threads that are alive at the end. */
  readonly workers: number;
}

let workers = 0;
process.on('worker', (worker) => {
  workers += 1;
  worker.once('exit', () => (workers -= 1));
});
env().set('IS_TEST', true);
process.stdout.write(JSON.stringify(await report()));

async function report(): Promise<EngineReport> {
  const started = await startThreads();
  return {
    ready: started,
    cpu: await checkStep('cpu'),
    ...(typeof WebAssembly === 'object' ? { wasm: await checkStep('wasm') } : {}),
    workers,
  };
}
