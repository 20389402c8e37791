/* One of the threads of product-contender.ts. */
import { parentPort as contender, workerData } from 'node:worker_threads';
import type { ProductShape } from '../step-flops.ts';
import { startProduct } from './product-core.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
const say = (what: string): void => contender!.postMessage(what);

const { share, wide } = workerData as { readonly share: ProductShape; readonly wide: boolean };
const multiply = startProduct(share, wide);
contender!.on('message', (times: number) => {
  multiply(times);
  say('done');
});
say('ready');
