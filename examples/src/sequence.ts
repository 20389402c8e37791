/*
 * The same cell reads five letters, one after the other: its weights are the same at every step, and
 * its state carries what it has read.
 *
 *   node examples/src/sequence.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { tensor3d } from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import '@unroll/rnn-kernels/cpu';
import { e, h, l, o } from './letters.ts';
import { show } from './show.ts';

const cell = new BasicRNNCell({ inputSize: 4, units: 2 });

const inputs = tensor3d([[h, e, l, l, o]]); // [batch 1, time 5, features 4]
show('inputs', inputs);

// An output for each step; the same letter, l, has another one after another past.
const { outputs, finalState } = dynamicRNN(cell, inputs); // [1, 5, 2]
show('outputs', outputs);

// Of this kind of cell the state is the last output.
show('final state', finalState); // [1, 2]
