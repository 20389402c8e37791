/*
 * An LSTM, and then a GRU, read three words at once. A row does not see the others.
 *
 *   node examples/src/three-rows.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { tensor3d } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN, GRUCell } from '@unroll/rnn-cells';
import { e, h, l, o } from './letters.ts';
import { show } from './show.ts';

const inputs = tensor3d([
  [h, e, l, l, o],
  [e, o, l, l, l],
  [l, l, e, e, l],
]); // [batch 3, time 5, features 4]
show('inputs', inputs);

const lstm = dynamicRNN(new BasicLSTMCell({ inputSize: 4, units: 2 }), inputs);
show('LSTM: outputs', lstm.outputs); // [3, 5, 2]

// The state of an LSTM is two tensors: c, its memory, and h, which is its last output.
show('LSTM: final c', lstm.finalState.c); // [3, 2]
show('LSTM: final h', lstm.finalState.h); // [3, 2]

// A GRU has no memory besides its output.
const gru = dynamicRNN(new GRUCell({ inputSize: 4, units: 2 }), inputs);
show('GRU: outputs', gru.outputs); // [3, 5, 2]
show('GRU: final state', gru.finalState); // [3, 2]
