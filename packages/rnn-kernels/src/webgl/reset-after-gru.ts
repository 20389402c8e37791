import { Concat, Reshape } from '@tensorflow/tfjs-core';
import { ResetAfterGRUSequence } from '@unroll/rnn-cells';
import type { BackwardContext, Cell, ForwardContext, SequenceTensors, Step } from './cell.js';
import { kernelGradients } from './kernel-gradients.js';
import { type Pass, wholeOf } from './pass.js';
import { resetAfterGRUPrograms } from './reset-after-gru-programs.js';
import { rowsPlane } from './rows.js';
import type { SequenceShape } from './sequence-shape.js';
import { sliceOf } from './slice-of.js';
import { tilePlanes, tileProduct } from './tile-product.js';
import { type Matrix, weightsPlane } from './weights.js';

/** Two programs a step and direction: one product by all that the state is multiplied by, and the state. */
export const resetAfterGRU: Cell = {
  kernelName: ResetAfterGRUSequence,
  states: [{ name: 'State', quantity: 0, gradient: 4 }],
  stateQuantities: 4,
  gradientQuantities: 5,
  projected: [0, 1, 3],
  project(pass, { inputSize: rows, units }, tensors) {
    const gates = sliceOf(pass, tensors['gatesKernel']!, { rows, columns: 2 * units });
    const biases = [tensors['gatesBias']!, tensors['inputBias']!];
    return {
      kernel: pass.kernel(Concat, [gates, tensors['inputKernel']!], { axis: 1 }),
      bias: pass.kernel(Concat, biases, { axis: 0 }),
    };
  },
  forward,
  backward,
  weightGradients(context) {
    const { inputSize, units } = context.shape;
    // One product; where the inputs meet q, or the state meets the candidate, nobody looks.
    const all = kernelGradients(context, { quantities: [0, 1, 2, 3] });
    const gates = { gate: 0, gates: 2 };
    const hidden = { gate: 2, gates: 1 };
    const input = { gate: 3, gates: 1 };
    return [
      all.kernel({ row: 0, rows: inputSize + units, ...gates }),
      all.bias(gates),
      all.kernel({ row: 0, rows: inputSize, ...input }),
      all.bias(input),
      all.kernel({ row: inputSize, rows: units, ...hidden }),
      all.bias(hidden),
    ];
  },
};

/** What the state is multiplied by for r, u and q. */
function stateMatrix(
  pass: Pass,
  { inputSize, units }: SequenceShape,
  tensors: SequenceTensors,
): Matrix {
  const part = { row: inputSize, rows: units, columns: 2 * units };
  const gates = sliceOf(pass, tensors['gatesKernel']!, part);
  const tensor = pass.kernel(Concat, [gates, tensors['hiddenKernel']!], { axis: 1 });
  return { tensor, firstRow: 0, units, gates: 3 };
}

function forward({ pass, draw, shape, tensors, states, ...context }: ForwardContext): Step {
  const programs = resetAfterGRUPrograms(shape);
  const weights = wholeOf(weightsPlane(pass, stateMatrix(pass, shape, tensors), 'gates'));
  const bias = pass.kernel(Reshape, { x: tensors['hiddenBias']! }, { shape: [1, shape.units] });
  const hiddenBias = wholeOf(rowsPlane(pass, shape, [bias]));
  const lengths = wholeOf(context.lengths);
  const plane = () => wholeOf(pass.plane(shape.units, shape.groups));
  const [reset, update, hidden] = [plane(), plane(), plane()];
  return (step) => {
    const inputs = { before: states.at(step), projected: context.projected.at(step) };
    draw(programs.gates, {
      from: { ...inputs, weights, hiddenBias },
      to: [reset, update, hidden],
      step,
    });
    draw(programs.update, {
      from: { ...inputs, reset, update, hidden, lengths },
      to: [states.at(step + 1)],
      step,
    });
  };
}

function backward({
  pass,
  draw,
  shape,
  tensors,
  states,
  upstream,
  gradients,
  ...context
}: BackwardContext): Step {
  const program = resetAfterGRUPrograms(shape).backward;
  const product = tileProduct(shape, 3);
  const matrix = stateMatrix(pass, shape, tensors);
  const weights = wholeOf(weightsPlane(pass, matrix, 'quadsTransposed'));
  const tiles = tilePlanes(pass, shape);
  const lengths = wholeOf(context.lengths);
  return (step) => {
    const later = gradients.at(step + 2);
    draw(product, { from: { later, weights }, to: Object.values(tiles), step });
    draw(program, {
      from: {
        ...tiles,
        later,
        lengths,
        after: states.at(step + 1),
        before: states.at(Math.max(step, 0)),
        upstream: upstream.at(Math.max(step, 0)),
      },
      to: [gradients.at(step + 1)],
      step,
    });
  };
}
