import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { KeptPasses } from '../sequence/kept-passes.js';
import type { Cell, Walk } from './cell.js';
import type { Handle } from './native-backend.js';
import { Ops } from './ops.js';
import { SequenceFrame } from './sequence-frame.js';

/** A walk, and what all of its tensors live in. */
export interface Pass {
  readonly ops: Ops;
  readonly walk: Walk;
  readonly initial: readonly Handle[];
}

export type SequenceTensors = Readonly<Record<string, TensorInfo>>;

/** The sequence kernel of a cell. */
export function forwardKernel(cell: Cell, passes: KeptPasses<Pass>): KernelConfig {
  return {
    kernelName: cell.kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      passes.sweep();
      const ops = new Ops(backend);
      let kept = false;
      try {
        const { results, walk, initial } = forwardPass(ops, cell, {
          tensors: inputs as SequenceTensors,
          attrs: attrs as unknown as SequenceAttrs,
        });
        if ((attrs as unknown as SequenceAttrs).training) {
          passes.keep(attrs!, { ops, walk, initial });
          kept = true;
        }
        return results;
      } finally {
        if (!kept) ops.dispose();
      }
    },
  };
}

interface Call {
  readonly tensors: SequenceTensors;
  readonly attrs: SequenceAttrs;
}

interface ForwardResult {
  readonly results: TensorInfo[];
  readonly walk: Walk;
  readonly initial: readonly Handle[];
}

function forwardPass(ops: Ops, cell: Cell, { tensors, attrs }: Call): ForwardResult {
  const { inputs, sequenceLength } = tensors as Record<'inputs' | 'sequenceLength', TensorInfo>;
  const frame = new SequenceFrame({ ops, inputs, sequenceLength, attrs });
  // A caller may dispose of its tensors before the gradient, so what is kept are handles of our own.
  const own = (tensor: TensorInfo): Handle => ops.run('Identity', [ops.input(tensor)]);
  const initial = cell.states.map((state) => own(tensors[`initial${state}`]!));
  const walk = cell.walk({
    ops,
    x: frame.enter(own(inputs)),
    weights: Object.fromEntries(cell.weights.map((name) => [name, own(tensors[name]!)])),
    initial,
    attrs: attrs as unknown as Readonly<Record<string, unknown>>,
  });
  const finals = initial.map((first, i) => frame.last(first, walk.states[i]!));
  const outputs = frame.leave(walk.states.at(-1)!);
  return { results: [outputs, ...finals].map((handle) => ops.output(handle)), walk, initial };
}
