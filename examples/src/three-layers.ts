/*
 * Three cells on top of each other: the outputs of one are the inputs of the next, and the outputs of the
 * top one are the stack's.
 *
 *   node examples/src/three-layers.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { range, type Rank, reshape } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, BasicRNNCell, dynamicRNN, MultiRNNCell } from '@unroll/rnn-cells';
import '@unroll/rnn-kernels/cpu';
import { show } from './show.ts';

const inputs = reshape<Rank.R3>(range(0, 45), [3, 5, 3]); // [batch 3, time 5, features 3]
show('inputs', inputs);

const bottom = { inputSize: 3, units: 5 };
const above = { inputSize: 5, units: 5 };

// The stack's state is the tuple of its cells' states, bottom to top.
const rnn = dynamicRNN(
  new MultiRNNCell([new BasicRNNCell(bottom), new BasicRNNCell(above), new BasicRNNCell(above)]),
  inputs,
);
show('RNN: outputs', rnn.outputs); // [3, 5, 5]
for (const [layer, state] of rnn.finalState.entries()) {
  show(`RNN: state of layer ${layer}`, state); // [3, 5]
}

const lstm = dynamicRNN(
  new MultiRNNCell([new BasicLSTMCell(bottom), new BasicLSTMCell(above), new BasicLSTMCell(above)]),
  inputs,
);
show('LSTM: outputs', lstm.outputs); // [3, 5, 5]
for (const [layer, { c, h }] of lstm.finalState.entries()) {
  show(`LSTM: c of layer ${layer}`, c); // [3, 5]
  show(`LSTM: h of layer ${layer}`, h); // [3, 5]
}
