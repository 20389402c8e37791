import { _FusedMatMul, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import { AlternatingBands } from './bands.js';
import type { Cell, ForwardContext, SequenceTensors } from './cell.js';
import { draw, type StepProgram } from './draw.js';
import { type Pass, wholeOf } from './pass.js';
import { lengthsPlane, rowsPlane, rowsTensor } from './rows.js';
import { sequenceShape } from './sequence-shape.js';
import { fromBands, toBands } from './walk.js';

const copy: StepProgram = {
  reads: ['source'],
  writes: 1,
  code: `
    void main() {
      output0 = texelFetch(source, sourceAt + ivec2(gl_FragCoord.xy) - origin, 0);
    }`,
};

/** Runs a sequence: the outputs, the final states and, if a gradient may follow, all states as reserve. */
export function forwardPass(
  pass: Pass,
  cell: Cell,
  { tensors, attrs }: { readonly tensors: SequenceTensors; readonly attrs: SequenceAttrs },
): TensorInfo[] {
  const initial = cell.states
    .toSorted((a, b) => a.quantity - b.quantity)
    .map(({ name }) => tensors[`initial${name}`]!);
  const shape = sequenceShape(tensors['inputs']!, initial[0]!, attrs);
  const lengths = lengthsPlane(pass, shape, tensors['sequenceLength']!);
  const { kernel, bias } = cell.project(pass, shape, tensors);
  const product = { a: tensors['inputs']!, b: kernel, bias };
  const source = pass.kernel(_FusedMatMul, product, { transposeA: false, transposeB: false });
  const projected = toBands(pass, shape, lengths, { source, quantities: cell.projected.length });
  const quantities = attrs.training ? cell.stateQuantities : cell.states.length;
  const states = AlternatingBands.make(pass, shape, { quantities, count: shape.time + 1 });

  const beginning = { ...states.at(0), height: initial.length * shape.groups };
  const from = { source: wholeOf(rowsPlane(pass, shape, initial)) };
  const { groups } = shape;
  const paint: ForwardContext['draw'] = (program, options) =>
    draw(pass, program, { ...options, groups });
  paint(copy, { from, to: [beginning], step: -1 });
  const run = cell.forward({
    pass,
    draw: paint,
    shape,
    tensors,
    attrs,
    lengths,
    states,
    projected,
  });
  for (let step = 0; step < shape.time; step++) run(step);

  const outputs = fromBands(pass, shape, lengths, { bands: states, quantities: [0], flat: false });
  const finals = cell.states.map(({ quantity }) =>
    rowsTensor(pass, shape, { band: states.at(shape.time), quantity }),
  );
  const reserve = attrs.training ? states.planes.map(({ info }) => info) : [];
  return [outputs, ...finals, ...reserve].map((info) => pass.keep(info));
}
