/*
 * One cell reads one letter.
 *
 *   node examples/src/one-letter.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { tensor3d } from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import '@unroll/rnn-kernels/cpu'; // a layer in one call; without it step by step, with the same numbers
import { h } from './letters.ts';
import { show } from './show.ts';

// Four features in, one for each letter; two units out.
const cell = new BasicRNNCell({ inputSize: 4, units: 2 });
console.log('output size', cell.outputSize);
console.log('state size', cell.stateSize);

// One row of one step.
const inputs = tensor3d([[h]]); // [batch 1, time 1, features 4]
show('inputs', inputs);

// The weights are other ones in each run, and so are the outputs.
const { outputs } = dynamicRNN(cell, inputs); // [1, 1, 2]
show('outputs', outputs);
