import { BatchMatMul, Reshape, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import { AlternatingBands } from './bands.js';
import type { BackwardContext, Cell, SequenceTensors } from './cell.js';
import { draw } from './draw.js';
import type { Pass } from './pass.js';
import { lengthsPlane, rowsTensor } from './rows.js';
import { sequenceShape } from './sequence-shape.js';
import { fromBands, toBands } from './walk.js';

/** Runs a sequence backward from the reserve of its forward pass: the gradients, as the kernel gives them. */
export function backwardPass(
  pass: Pass,
  cell: Cell,
  { tensors, attrs }: { readonly tensors: SequenceTensors; readonly attrs: SequenceAttrs },
): TensorInfo[] {
  const output = cell.states.find(({ quantity }) => quantity === 0)!;
  const shape = sequenceShape(tensors['inputs']!, tensors[`initial${output.name}`]!, attrs);
  const lengths = lengthsPlane(pass, shape, tensors['sequenceLength']!);
  const reserve = [tensors['reserve0']!, tensors['reserve1']!] as const;
  const context: BackwardContext = {
    pass,
    draw: (program, options) => draw(pass, program, { ...options, groups: shape.groups }),
    shape,
    tensors,
    attrs,
    lengths,
    states: AlternatingBands.from(shape, cell.stateQuantities, reserve),
    upstream: toBands(pass, shape, lengths, {
      source: tensors['dOutputs']!,
      quantities: 1,
      last: tensors[`dFinal${output.name}`]!,
    }),
    gradients: AlternatingBands.make(pass, shape, {
      quantities: cell.gradientQuantities,
      count: shape.time + 2,
    }),
  };
  // Nothing comes from beyond the last step.
  pass.clear(context.gradients.at(shape.time + 1));
  const run = cell.backward(context);
  for (let step = shape.time - 1; step >= -1; step--) run(step);

  const initials = cell.states.map(({ name, gradient }) =>
    rowsTensor(pass, shape, {
      band: context.gradients.at(0),
      quantity: gradient,
      untouched: { lengths, tensor: tensors[`dFinal${name}`]! },
    }),
  );
  const weights = cell.weightGradients(context);
  const byInputs = attrs.inputGradient
    ? inputGradient(cell, context)
    : pass.own(pass.backend.makeTensorInfo([], 'float32', new Float32Array(1)));
  return [byInputs, ...weights, ...initials].map((info) => pass.keep(info));
}

/** One product over all steps. */
function inputGradient(cell: Cell, context: BackwardContext): TensorInfo {
  const { pass, shape, tensors, lengths, gradients } = context;
  const quantities = cell.projected;
  const a = fromBands(pass, shape, lengths, { bands: gradients, quantities, flat: true });
  const { kernel } = cell.project(pass, shape, tensors);
  const product = pass.kernel(
    BatchMatMul,
    { a, b: kernel },
    { transposeA: false, transposeB: true },
  );
  return pass.kernel(Reshape, { x: product }, { shape: tensors['inputs']!.shape });
}
