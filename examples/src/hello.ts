/*
 * A character model learns to turn `hell` into `ello`, and prints what it says after each of 100 steps.
 *
 *   node examples/src/hello.ts        another one each time
 *   node examples/src/hello.ts 7      the one of seed 7
 */
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { BasicRNNCell, glorotUniform } from '@unroll/rnn-cells';
import '@unroll/trainer/gradients'; // tfjs-core alone has none
import { trainHello, units } from './hello-model.ts';

enableProdMode(); // or TensorFlow.js greets first

const [, , seed] = process.argv;
const cell = new BasicRNNCell({
  inputSize: units,
  units,
  kernelInitializer: glorotUniform(seed === undefined ? {} : { seed: Number(seed) }),
});
for (const { step, loss, prediction } of trainHello(cell)) {
  console.log(String(step).padStart(3), `loss ${loss.toFixed(4)}`, prediction.split(''));
}
