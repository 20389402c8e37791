/*
 * The same cell object three times in a stack is one set of weights in three places, each with a state
 * of its own; three cell objects are three sets.
 *
 *   node examples/src/shared-weights.ts
 */
import '@tensorflow/tfjs-backend-cpu';
import { abs, add, max, range, type Rank, reshape, sub } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN, getWeights, MultiRNNCell } from '@unroll/rnn-cells';
import { show } from './show.ts';

// As many features as units, or the shared cell could not read its own outputs.
const inputs = reshape<Rank.R3>(range(0, 45), [3, 3, 5]); // [batch 3, time 3, features 5]
show('inputs', inputs);

const sizes = { inputSize: 5, units: 5 };
const cell = new BasicLSTMCell(sizes);
const shared = new MultiRNNCell([cell, cell, cell]);
const separate = new MultiRNNCell([
  new BasicLSTMCell(sizes),
  new BasicLSTMCell(sizes),
  new BasicLSTMCell(sizes),
]);

/** Prints the weights of a stack by TensorFlow 1's names. */
function showWeights(name: string, stack: typeof shared): void {
  for (const [path, { shape }] of Object.entries(getWeights(stack))) {
    console.log(`${name} ${path}, shape [${shape.join(', ')}]`);
  }
}
showWeights('shared', shared); // one kernel [10, 20], one bias [20]
showWeights('separate', separate); // three of each

const { outputs } = dynamicRNN(shared, inputs);
show('shared: outputs', outputs); // [3, 3, 5]
show('separate: outputs', dynamicRNN(separate, inputs).outputs); // [3, 3, 5]

// With the shared cell's weights copied into each of the three, the two stacks are the same ...
for (const layer of separate.cells) {
  for (const [i, weight] of layer.trainableVariables.entries()) {
    weight.assign(cell.trainableVariables[i]!);
  }
}
const difference = () => max(abs(sub(outputs, dynamicRNN(separate, inputs).outputs))).dataSync()[0];
console.log('largest difference with the same weights', difference());

// ... until one of the three goes its own way.
const [, bias] = separate.cells[2].trainableVariables;
bias!.assign(add(bias!, 1));
console.log('largest difference with another bias in layer 2', difference());
