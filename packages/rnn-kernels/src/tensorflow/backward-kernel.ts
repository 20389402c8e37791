import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { KeptPasses } from '../sequence/kept-passes.js';
import type { Cell, StepGradient, Walk } from './cell.js';
import type { Pass, SequenceTensors } from './forward-kernel.js';
import type { Handle } from './native-backend.js';
import { Ops } from './ops.js';
import { SequenceFrame } from './sequence-frame.js';

/** The kernel of the gradient of a cell's sequence kernel. */
export function backwardKernel(cell: Cell, passes: KeptPasses<Pass>): KernelConfig {
  return {
    kernelName: `${cell.kernelName}Grad`,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const pass = passes.take(attrs!, cell.kernelName);
      const ops = new Ops(backend);
      try {
        return backwardPass(ops, pass, {
          cell,
          tensors: inputs as SequenceTensors,
          attrs: attrs as unknown as SequenceAttrs,
        });
      } finally {
        ops.dispose();
        pass.ops.dispose();
      }
    },
  };
}

interface Call {
  readonly cell: Cell;
  readonly tensors: SequenceTensors;
  readonly attrs: SequenceAttrs;
}

function backwardPass(
  ops: Ops,
  { walk, initial }: Pass,
  { cell, tensors, attrs }: Call,
): TensorInfo[] {
  const { inputs, sequenceLength } = tensors as Record<'inputs' | 'sequenceLength', TensorInfo>;
  const frame = new SequenceFrame({ ops, inputs, sequenceLength, attrs });
  const upstream = upstreamOf(ops, frame, { cell, tensors });
  const { byInitial, sums } = walkBack(ops, walk, upstream);
  const call = { ops, before: frame.before(initial.at(-1)!, walk.states.at(-1)!), sums };
  const byInputs = attrs.inputGradient
    ? frame.leave(ops.split(walk.inputGradient(call), frame.time))
    : ops.scalar(0);
  const results = [byInputs, ...walk.weightGradients(call), ...byInitial];
  return results.map((handle) => ops.output(handle));
}

/** By states, then from the initial one on: the gradients by each that come from outside of the walk. */
type Upstream = readonly (readonly (Handle | undefined)[])[];

function upstreamOf(
  ops: Ops,
  frame: SequenceFrame,
  { cell, tensors }: Pick<Call, 'cell' | 'tensors'>,
): Upstream {
  const given = (name: string): Handle | undefined => {
    const tensor = tensors[name]!;
    // A scalar stands for zeros.
    return tensor.shape.length === 0 ? undefined : ops.input(tensor);
  };
  const dOutputs = given('dOutputs');
  const byOutputs = dOutputs === undefined ? [] : ops.unpack(frame.enter(dOutputs));
  return cell.states.map((state, i) => {
    const dFinal = given(`dFinal${state}`);
    const byFinal = dFinal === undefined ? [] : frame.ofLast(dFinal);
    const isOutput = i === cell.states.length - 1;
    return Array.from({ length: frame.time + 1 }, (_, t) =>
      ops.total([byFinal[t], isOutput ? byOutputs[t - 1] : undefined]),
    );
  });
}

interface WalkedBack {
  readonly byInitial: Handle[];
  /** {@link StepGradient.sums}, all steps of each in one. */
  readonly sums: Handle[];
}

function walkBack(ops: Ops, walk: Walk, upstream: Upstream): WalkedBack {
  const time = upstream[0]!.length - 1;
  const zeros = ops.zeros(walk.states[0]![0]!.shape);
  const steps: (readonly Handle[])[] = [];
  let flowing: readonly (Handle | undefined)[] = upstream.map(() => undefined);
  const join = (state: number): Handle[] =>
    flowing.map((one, i) => ops.total([one, upstream[i]![state]]) ?? zeros);
  for (let t = time - 1; t >= 0; t--) {
    let gradient: StepGradient | undefined;
    ops.tidy(() => {
      gradient = walk.back(ops, t, join(t + 1));
      return [...gradient.states, ...gradient.sums];
    });
    flowing = gradient!.states;
    steps[t] = gradient!.sums;
  }
  const sums = steps[0]!.map((_, i) =>
    ops.concat(
      steps.map((step) => step[i]!),
      0,
    ),
  );
  return { byInitial: join(0), sums };
}
