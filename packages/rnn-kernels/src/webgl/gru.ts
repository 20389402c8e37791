import { Concat } from '@tensorflow/tfjs-core';
import { GRUSequence } from '@unroll/rnn-cells';
import type { BackwardContext, Cell, ForwardContext, SequenceTensors, Step } from './cell.js';
import { gruPrograms } from './gru-programs.js';
import { kernelGradients } from './kernel-gradients.js';
import { wholeOf } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';
import { sliceOf } from './slice-of.js';
import { tilePlanes, tileProduct } from './tile-product.js';
import { type Matrix, weightsPlane } from './weights.js';

/** Two programs a step forward, each with a product: by the gates' kernel, and by the candidate's. Three backward. */
export const gru: Cell = {
  kernelName: GRUSequence,
  states: [{ name: 'State', quantity: 0, gradient: 3 }],
  stateQuantities: 3,
  gradientQuantities: 4,
  projected: [0, 1, 2],
  project(pass, { inputSize: rows, units }, tensors) {
    const gates = sliceOf(pass, tensors['gatesKernel']!, { rows, columns: 2 * units });
    const candidate = sliceOf(pass, tensors['candidateKernel']!, { rows, columns: units });
    const biases = [tensors['gatesBias']!, tensors['candidateBias']!];
    return {
      kernel: pass.kernel(Concat, [gates, candidate], { axis: 1 }),
      bias: pass.kernel(Concat, biases, { axis: 0 }),
    };
  },
  forward,
  backward,
  weightGradients(context) {
    const { shape } = context;
    const rows = shape.inputSize + shape.units;
    const gates = kernelGradients(context, { quantities: [0, 1] });
    const candidate = kernelGradients(context, { quantities: [2], reset: 1 });
    const [two, one] = [
      { gate: 0, gates: 2 },
      { gate: 0, gates: 1 },
    ];
    return [
      gates.kernel({ row: 0, rows, ...two }),
      gates.bias(two),
      candidate.kernel({ row: 0, rows, ...one }),
      candidate.bias(one),
    ];
  },
};

function stateMatrices({ inputSize: firstRow, units }: SequenceShape, tensors: SequenceTensors) {
  const gates: Matrix = { tensor: tensors['gatesKernel']!, firstRow, units, gates: 2 };
  const candidate: Matrix = { tensor: tensors['candidateKernel']!, firstRow, units, gates: 1 };
  return { gates, candidate };
}

function forward({ pass, draw, shape, tensors, states, ...context }: ForwardContext): Step {
  const programs = gruPrograms(shape);
  const matrices = stateMatrices(shape, tensors);
  const gatesWeights = wholeOf(weightsPlane(pass, matrices.gates, 'gates'));
  const candidateWeights = wholeOf(weightsPlane(pass, matrices.candidate, 'depth'));
  const lengths = wholeOf(context.lengths);
  const plane = () => wholeOf(pass.plane(shape.units, shape.groups));
  const [reset, update, resetState] = [plane(), plane(), plane()];
  return (step) => {
    const inputs = { before: states.at(step), projected: context.projected.at(step) };
    draw(programs.gates, {
      from: { ...inputs, weights: gatesWeights },
      to: [reset, update, resetState],
      step,
    });
    draw(programs.update, {
      from: { ...inputs, reset, update, resetState, lengths, weights: candidateWeights },
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
  const programs = gruPrograms(shape);
  const matrices = stateMatrices(shape, tensors);
  const gatesWeights = wholeOf(weightsPlane(pass, matrices.gates, 'gatesTransposed'));
  const candidateWeights = wholeOf(weightsPlane(pass, matrices.candidate, 'quadsTransposed'));
  const lengths = wholeOf(context.lengths);
  const plane = () => wholeOf(pass.plane(shape.units, shape.groups));
  const [byCandidate, byUpdate, byState] = [plane(), plane(), plane()];
  const product = tileProduct(shape, 1);
  const tiles = tilePlanes(pass, shape);
  return (step) => {
    const known = { before: states.at(Math.max(step, 0)), after: states.at(step + 1) };
    draw(programs.backwardState, {
      from: {
        ...known,
        later: gradients.at(step + 2),
        upstream: upstream.at(Math.max(step, 0)),
        lengths,
        weights: gatesWeights,
      },
      to: [byCandidate, byUpdate, byState],
      step,
    });
    if (step >= 0) {
      const from = { later: byCandidate, weights: candidateWeights };
      draw(product, { from, to: Object.values(tiles), step });
    }
    draw(programs.backwardReset, {
      from: { ...known, ...tiles, byCandidate, byUpdate, byState },
      to: [gradients.at(step + 1)],
      step,
    });
  };
}
