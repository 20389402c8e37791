/*
 * The state that a sequence starts from is fed: zeros, which is the default, or where another sequence
 * left off.
 *
 *   node examples/src/initial-state.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { abs, concat, max, slice, sub, tensor3d } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { e, h, l, o } from './letters.ts';
import { show } from './show.ts';

const inputs = tensor3d([
  [h, e, l, l, o],
  [e, o, l, l, l],
  [l, l, e, e, l],
]); // [batch 3, time 5, features 4]
show('inputs', inputs);

const cell = new BasicLSTMCell({ inputSize: 4, units: 2 });
const initialState = cell.zeroState(3); // c and h, each [3, 2]
const whole = dynamicRNN(cell, inputs, { initialState });
show('outputs from zeros', whole.outputs); // [3, 5, 2]

// A second reading that starts where the first one ended gives other outputs.
const again = dynamicRNN(cell, inputs, { initialState: whole.finalState });
show('outputs from the final state', again.outputs); // [3, 5, 2]

// Two letters, then the other three with the state carried over, are the whole word.
const first = dynamicRNN(cell, slice(inputs, [0, 0, 0], [3, 2, 4]));
const rest = dynamicRNN(cell, slice(inputs, [0, 2, 0], [3, 3, 4]), {
  initialState: first.finalState,
});
const joined = concat([first.outputs, rest.outputs], 1); // [3, 5, 2]
const [difference] = max(abs(sub(joined, whole.outputs))).dataSync();
console.log('largest difference of the two parts and the whole', difference);
