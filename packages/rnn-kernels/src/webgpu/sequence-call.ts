import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { CellPlan } from './cell-plan.js';
import { integers, type Uniform } from './shader.js';
import type { Work } from './work.js';

/** A call of a sequence kernel or of its gradient. */
export interface SequenceCall {
  readonly work: Work;
  readonly plan: CellPlan;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: SequenceAttrs & Readonly<Record<string, boolean | number | string>>;
}

/** Its sizes, as the shaders are told them. */
export interface SequenceSizes extends Readonly<Record<string, number>> {
  readonly batch: number;
  readonly time: number;
  readonly inputSize: number;
  readonly units: number;
  /** From one row, or one step, to the next, counted in places: pairs of a row and a step. */
  readonly rowStride: number;
  readonly stepStride: number;
  readonly reverse: number;
}

export const sizeUniforms: readonly Uniform[] = integers(
  'batch',
  'time',
  'units',
  'inputSize',
  'rowStride',
  'stepStride',
  'reverse',
);

export function sequenceSizes({ plan, inputs, attrs }: SequenceCall): SequenceSizes {
  const [axis0, axis1, inputSize] = inputs['inputs']!.shape as [number, number, number];
  const { timeMajor, reverse } = attrs;
  const [batch, time] = timeMajor ? [axis1, axis0] : [axis0, axis1];
  return {
    batch,
    time,
    inputSize,
    units: inputs[`initial${plan.states[0]}`]!.shape[1]!,
    rowStride: timeMajor ? 1 : time,
    stepStride: timeMajor ? batch : 1,
    reverse: Number(reverse),
  };
}

/** Where in a trace that is which a forward pass keeps beside outputs and final states. */
export function keptStart({ states }: CellPlan, { batch, time, units }: SequenceSizes): number {
  return batch * units * (time + states.length);
}

/** Parts of one buffer: a dispatch has one result. */
export class Places {
  readonly starts: Record<string, number> = {};
  size = 0;

  add(name: string, size: number): void {
    this.starts[name] = this.size;
    this.size += size;
  }
}
