/* One of the threads of product-contender.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ProductShape } from '../step-flops.ts';
import { startProduct } from './product-core.ts';

const multiply = startProduct(workerData as ProductShape);
parentPort!.on('message', (times: number) => {
  multiply(times);
  parentPort!.postMessage('done');
});
parentPort!.postMessage('ready');
