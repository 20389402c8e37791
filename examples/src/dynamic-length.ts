/*
 * Words of different lengths in one batch, the shorter ones padded: past a row's length the outputs are
 * zero, and its state stays that of its last letter.
 *
 *   node examples/src/dynamic-length.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { tensor3d } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { e, h, l, o } from './letters.ts';
import { show } from './show.ts';

const inputs = tensor3d([
  [h, e, l, l, o], // all five count
  [e, o, l, l, l], // three
  [l, l, e, e, l], // four
]); // [batch 3, time 5, features 4]
show('inputs', inputs);

const cell = new BasicLSTMCell({ inputSize: 4, units: 2 });
const { outputs, finalState } = dynamicRNN(cell, inputs, { sequenceLength: [5, 3, 4] });
show('outputs', outputs); // [3, 5, 2]
show('final c', finalState.c); // [3, 2]
show('final h', finalState.h); // [3, 2]
