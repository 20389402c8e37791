import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';

export interface FrameOptions {
  readonly ops: Ops;
  readonly inputs: TensorInfo;
  /** int32 `[batch]` */
  readonly sequenceLength: TensorInfo;
  readonly attrs: SequenceAttrs;
}

/**
 * Everything about a sequence but the cell: layout, lengths, direction. A cell walks `time` steps of
 * `[batch, features]`, the same for all rows; the frame brings data into that order and back.
 *
 * Rows that have ended walk on, over zeros, and what comes of it is dropped: that costs a few ops for
 * the whole sequence, where keeping their states would cost one at each step.
 */
export class SequenceFrame {
  readonly time: number;
  readonly batch: number;
  readonly inputSize: number;
  readonly #ops: Ops;
  readonly #attrs: SequenceAttrs;
  /** Each in `[0, time]`; undefined where all are as long as the sequence. */
  readonly #lengths: Handle | undefined;
  /** bool, 1 feature, in the layout of the data: what is no padding. */
  readonly #mask: Handle | undefined;

  constructor({ ops, inputs, sequenceLength, attrs }: FrameOptions) {
    const [axis0, axis1, inputSize] = inputs.shape as [number, number, number];
    [this.time, this.batch] = attrs.timeMajor ? [axis0, axis1] : [axis1, axis0];
    this.inputSize = inputSize;
    this.#ops = ops;
    this.#attrs = attrs;
    if (attrs.padded) {
      const most = ops.run('Minimum', [ops.input(sequenceLength), ops.integers([this.time], [])]);
      this.#lengths = ops.run('Maximum', [most, ops.integers([0], [])]);
      this.#mask = this.#maskIn(attrs.timeMajor);
    }
  }

  get #timeAxis(): number {
    return this.#attrs.timeMajor ? 0 : 1;
  }

  /** `[time, batch, features]` in the order of the walk, with zeros for padding. */
  enter(data: Handle): Handle {
    const ops = this.#ops;
    const clean = this.#withoutPadding(data);
    const ordered = this.#attrs.reverse ? this.#reversed(clean) : clean;
    return this.#attrs.timeMajor
      ? ordered
      : ops.run('Transpose', [ordered, ops.integers([1, 0, 2])]);
  }

  /** The steps of a walk in the layout of the data, with zeros for padding. */
  leave(steps: readonly Handle[]): Handle {
    const walked = this.#ops.pack(steps, this.#timeAxis);
    const { reverse } = this.#attrs;
    return this.#withoutPadding(reverse ? this.#reversed(walked) : walked);
  }

  /** The state after each row's last step. */
  last(initial: Handle, states: readonly Handle[]): Handle {
    if (this.#lengths === undefined) return states.at(-1)!;
    const ops = this.#ops;
    const all = ops.pack([initial, ...states], 0);
    return ops.run('Sum', [this.#whereLast(all), ops.integers([0])]);
  }

  /** The upstream gradient of the last state, by each state of the walk from the initial one on. */
  ofLast(dFinal: Handle): (Handle | undefined)[] {
    const states = this.time + 1;
    if (this.#lengths === undefined) {
      return Array.from({ length: states }, (_, i) => (i === this.time ? dFinal : undefined));
    }
    return this.#ops.unpack(this.#whereLast(dFinal));
  }

  /** `[time * batch, units]`: the state before each step, or zeros where a row has ended. */
  before(initial: Handle, states: readonly Handle[]): Handle {
    const ops = this.#ops;
    const flat = ops.concat([initial, ...states.slice(0, -1)], 0);
    if (this.#lengths === undefined) return flat;
    const alive = ops.reshape(this.#maskIn(true), [this.time * this.batch, 1]);
    return ops.select(alive, flat, ops.scalar(0));
  }

  /** `[time + 1, batch, units]`: `values` at each row's last state, zeros elsewhere. */
  #whereLast(values: Handle): Handle {
    const ops = this.#ops;
    const states = this.time + 1;
    const isLast = ops.run('Equal', [this.#steps(states, [states, 1]), this.#lengths!]);
    return ops.select(this.#perFeature(isLast), values, ops.scalar(0));
  }

  #withoutPadding(data: Handle): Handle {
    const ops = this.#ops;
    return this.#mask === undefined ? data : ops.select(this.#mask, data, ops.scalar(0));
  }

  /** Each row from its last step to its first; what is past it stays where it is. */
  #reversed(data: Handle): Handle {
    const ops = this.#ops;
    const timeAxis = this.#timeAxis;
    if (this.#lengths === undefined) {
      return ops.run('ReverseV2', [data, ops.integers([timeAxis])]);
    }
    const axes = [ops.integer('seq_dim', timeAxis), ops.integer('batch_dim', 1 - timeAxis)];
    return ops.run('ReverseSequence', [data, this.#lengths], axes);
  }

  #maskIn(timeMajor: boolean): Handle {
    const ops = this.#ops;
    const { time, batch } = this;
    const steps = this.#steps(time, timeMajor ? [time, 1] : [1, time]);
    const lengths = timeMajor ? this.#lengths! : ops.reshape(this.#lengths!, [batch, 1]);
    return this.#perFeature(ops.run('Less', [steps, lengths]));
  }

  #steps(count: number, shape: number[]): Handle {
    return this.#ops.integers(
      Array.from({ length: count }, (_, step) => step),
      shape,
    );
  }

  #perFeature(flags: Handle): Handle {
    return this.#ops.run('ExpandDims', [flags, this.#ops.integers([-1], [])]);
  }
}
