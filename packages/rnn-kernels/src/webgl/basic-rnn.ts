import { BasicRNNSequence, type BasicRNNSequenceAttrs } from '@unroll/rnn-cells';
import { basicRNNPrograms } from './basic-rnn-programs.js';
import type { BackwardContext, Cell, ForwardContext, SequenceTensors, Step } from './cell.js';
import { kernelGradients } from './kernel-gradients.js';
import { wholeOf } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';
import { sliceOf } from './slice-of.js';
import { type Matrix, weightsPlane } from './weights.js';

/** One program a step and direction: the product, and the activation or its slope. */
export const basicRNN: Cell = {
  kernelName: BasicRNNSequence,
  states: [{ name: 'State', quantity: 0, gradient: 0 }],
  stateQuantities: 1,
  gradientQuantities: 1,
  projected: [0],
  project: (pass, { inputSize, units }, { kernel, bias }) => ({
    kernel: sliceOf(pass, kernel!, { rows: inputSize, columns: units }),
    bias: bias!,
  }),
  forward,
  backward,
  weightGradients(context) {
    const { shape } = context;
    const rows = shape.inputSize + shape.units;
    const both = kernelGradients(context, { quantities: [0] });
    const gates = { gate: 0, gates: 1 };
    return [both.kernel({ row: 0, rows, ...gates }), both.bias(gates)];
  },
};

function programsOf({ shape, attrs }: ForwardContext | BackwardContext) {
  return basicRNNPrograms(shape, (attrs as BasicRNNSequenceAttrs).activation);
}

function stateMatrix({ inputSize, units }: SequenceShape, { kernel }: SequenceTensors): Matrix {
  return { tensor: kernel!, firstRow: inputSize, units, gates: 1 };
}

function forward(context: ForwardContext): Step {
  const { pass, draw, shape, tensors, states, projected } = context;
  const program = programsOf(context).forward;
  const weights = wholeOf(weightsPlane(pass, stateMatrix(shape, tensors), 'depth'));
  const lengths = wholeOf(context.lengths);
  return (step) =>
    draw(program, {
      from: { before: states.at(step), projected: projected.at(step), weights, lengths },
      to: [states.at(step + 1)],
      step,
    });
}

function backward(context: BackwardContext): Step {
  const { pass, draw, shape, tensors, states, upstream, gradients } = context;
  const program = programsOf(context).backward;
  const weights = wholeOf(weightsPlane(pass, stateMatrix(shape, tensors), 'depthTransposed'));
  const lengths = wholeOf(context.lengths);
  return (step) =>
    draw(program, {
      from: {
        later: gradients.at(step + 2),
        after: states.at(step + 1),
        upstream: upstream.at(Math.max(step, 0)),
        weights,
        lengths,
      },
      to: [gradients.at(step + 1)],
      step,
    });
}
