/*
 * Two cells read the same rows, one from the first step to the last, one from the last to the first. The
 * backward one starts at each row's own last step, not in its padding.
 *
 *   node examples/src/bidirectional.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { range, type Rank, reshape } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, BasicRNNCell, bidirectionalDynamicRNN } from '@unroll/rnn-cells';
import '@unroll/rnn-kernels/cpu';
import { show } from './show.ts';

const inputs = reshape<Rank.R3>(range(0, 45), [3, 5, 3]); // [batch 3, time 5, features 3]
show('inputs', inputs);

const sizes = { inputSize: 3, units: 5 };
const sequenceLength = [2, 3, 1];

// Outputs and states come in pairs, forward and backward.
const rnn = bidirectionalDynamicRNN(new BasicRNNCell(sizes), new BasicRNNCell(sizes), inputs, {
  sequenceLength,
});
show('RNN: forward outputs', rnn.outputs[0]); // [3, 5, 5]
show('RNN: backward outputs', rnn.outputs[1]); // [3, 5, 5]
show('RNN: forward state, after the last step', rnn.finalState[0]); // [3, 5]
show('RNN: backward state, after the first step', rnn.finalState[1]); // [3, 5]

const lstm = bidirectionalDynamicRNN(new BasicLSTMCell(sizes), new BasicLSTMCell(sizes), inputs, {
  sequenceLength,
});
show('LSTM: forward outputs', lstm.outputs[0]); // [3, 5, 5]
show('LSTM: backward outputs', lstm.outputs[1]); // [3, 5, 5]
for (const [direction, { c, h }] of [
  ['forward', lstm.finalState[0]],
  ['backward', lstm.finalState[1]],
] as const) {
  show(`LSTM: ${direction} c`, c); // [3, 5]
  show(`LSTM: ${direction} h`, h); // [3, 5]
}
