import { LSTMSequence, type LSTMSequenceAttrs } from '@unroll/rnn-cells';
import type { BackwardContext, Cell, ForwardContext, SequenceTensors, Step } from './cell.js';
import { kernelGradients } from './kernel-gradients.js';
import { lstmPrograms } from './lstm-programs.js';
import { wholeOf } from './pass.js';
import { rowsPlane } from './rows.js';
import type { SequenceShape } from './sequence-shape.js';
import { sliceOf } from './slice-of.js';
import { tilePlanes, tileProduct } from './tile-product.js';
import { type Matrix, weightsPlane } from './weights.js';

/** Two programs a step and direction: the product, with the gates on the way forward, and the state. */
export const lstm: Cell = {
  kernelName: LSTMSequence,
  states: [
    { name: 'C', quantity: 1, gradient: 4 },
    { name: 'H', quantity: 0, gradient: 0 },
  ],
  stateQuantities: 6,
  gradientQuantities: 5,
  projected: [0, 1, 2, 3],
  project: (pass, { inputSize, units }, { kernel, bias }) => ({
    kernel: sliceOf(pass, kernel!, { rows: inputSize, columns: 4 * units }),
    bias: bias!,
  }),
  forward,
  backward,
  weightGradients(context) {
    const { shape } = context;
    const rows = shape.inputSize + shape.units;
    const both = kernelGradients(context, { quantities: [0, 1, 2, 3] });
    const gates = { gate: 0, gates: 4 };
    return [both.kernel({ row: 0, rows, ...gates }), both.bias(gates)];
  },
};

function programsOf({ shape, attrs }: ForwardContext | BackwardContext) {
  return lstmPrograms(shape, (attrs as LSTMSequenceAttrs).forgetBias);
}

function stateMatrix({ inputSize, units }: SequenceShape, { kernel }: SequenceTensors): Matrix {
  return { tensor: kernel!, firstRow: inputSize, units, gates: 4 };
}

function forward(context: ForwardContext): Step {
  const { pass, draw, shape, tensors, states, projected } = context;
  const programs = programsOf(context);
  const weights = wholeOf(weightsPlane(pass, stateMatrix(shape, tensors), 'gates'));
  const lengths = wholeOf(context.lengths);
  const gates = Array.from({ length: 4 }, () => wholeOf(pass.plane(shape.units, shape.groups)));
  const [gate0, gate1, gate2, gate3] = gates;
  const given = { gate0: gate0!, gate1: gate1!, gate2: gate2!, gate3: gate3!, lengths };
  return (step) => {
    const before = states.at(step);
    const from = { before, projected: projected.at(step), weights };
    draw(programs.gates, { from, to: gates, step });
    draw(programs.update, {
      from: { ...given, before },
      to: [states.at(step + 1)],
      step,
    });
  };
}

function backward(context: BackwardContext): Step {
  const { pass, draw, shape, tensors, states, upstream, gradients } = context;
  const program = programsOf(context).backward;
  const product = tileProduct(shape, 4);
  const weights = wholeOf(weightsPlane(pass, stateMatrix(shape, tensors), 'quadsTransposed'));
  const tiles = tilePlanes(pass, shape);
  const given = {
    ...tiles,
    lengths: wholeOf(context.lengths),
    lastC: wholeOf(rowsPlane(pass, shape, [tensors['dFinalC']!])),
  };
  return (step) => {
    const later = gradients.at(step + 2);
    draw(product, { from: { later, weights }, to: Object.values(tiles), step });
    draw(program, {
      from: {
        ...given,
        later,
        after: states.at(step + 1),
        before: states.at(Math.max(step, 0)),
        upstream: upstream.at(Math.max(step, 0)),
      },
      to: [gradients.at(step + 1)],
      step,
    });
  };
}
