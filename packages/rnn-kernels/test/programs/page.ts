/*
 * A program for a page: tells its server, at /report, what the entries do there. At #worker everything
 * runs in a worker of the page.
 */
import '@tensorflow/tfjs-backend-cpu';
import { env } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready } from '../../src/cpu.js';
import '../../src/wasm.js';
import { checkStep, type StepCheck } from './check-step.js';
import { type Started, startThreads } from './start-threads.js';

export interface PageReport {
  readonly isolated: boolean;
  readonly ready: Started;
  readonly cpu: StepCheck;
  /** Absent where WebAssembly is forbidden. */
  readonly wasm?: StepCheck;
  /** Workers that this package has started, and those that it has ended. */
  readonly started: number;
  readonly ended: number;
  /** After `ready({ threads: 1 })`. */
  readonly endedAtLast: number;
}

let [started, ended] = [0, 0];

/** The engine's own workers, counted. */
class CountedWorker extends Worker {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    started += 1;
  }

  override terminate(): void {
    ended += 1;
    super.terminate();
  }
}

async function report(): Promise<PageReport> {
  env().set('IS_TEST', true);
  // TensorFlow.js's own threads, which this is not about.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths('/');
  globalThis.Worker = CountedWorker;
  const found = await startThreads();
  const cpu = await checkStep('cpu');
  const wasm = 'refusal' in found ? {} : { wasm: await checkStep('wasm') };
  const afterwards = { isolated: globalThis.crossOriginIsolated, ready: found, started, ended };
  await ready({ threads: 1 }).catch(() => {});
  return { ...afterwards, cpu, ...wasm, endedAtLast: ended };
}

if (typeof document !== 'undefined' && location.hash === '#worker') {
  // oxlint-disable-next-line no-new -- it reports by itself
  new Worker('/page.js', { type: 'module' });
} else {
  const body = await report().catch((error: unknown) => ({ failure: String(error) }));
  await fetch('/report', { method: 'POST', body: JSON.stringify(body) });
}
