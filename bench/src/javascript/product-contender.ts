/*
 * The measure of the others: rnn-kernels' plain matrix product, of the shape that the model spends its time
 * in, on as many threads, each with its share of the rows and nothing to wait for.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Task } from '../protocol.ts';
import { dominantProduct, productRepeats } from '../step-flops.ts';
import { startProduct } from './product-core.ts';
import { type Contender, serve } from './serve.ts';

async function start({ model, threads, variant }: Task): Promise<Contender> {
  const whole = dominantProduct(model);
  const share = { ...whole, rows: whole.rows / threads };
  const wide = variant.trim() === 'wide';
  const workers = Array.from(
    { length: threads - 1 },
    () =>
      new Worker(new URL('product-worker.ts', import.meta.url), { workerData: { share, wide } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  // Else they would outlive the race.
  for (const worker of workers) worker.unref();
  const multiply = startProduct(share, wide);
  const times = productRepeats(whole, threads);
  return {
    versions: {},
    async step() {
      const others = workers.map((worker) => once(worker, 'message'));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      for (const worker of workers) worker.postMessage(times);
      multiply(times);
      await Promise.all(others);
      return 0; // There is no loss.
    },
  };
}

await serve(() => start(JSON.parse(process.argv[2]!) as Task));
