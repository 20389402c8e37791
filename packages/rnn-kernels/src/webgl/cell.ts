import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { AlternatingBands, Bands } from './bands.js';
import type { DrawOptions, StepProgram } from './draw.js';
import type { Pass, Plane } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';

export type SequenceTensors = Readonly<Record<string, TensorInfo>>;

/** What a pass in either direction has. */
interface PassContext {
  readonly pass: Pass;
  readonly draw: (program: StepProgram, options: Omit<DrawOptions, 'groups'>) => void;
  readonly shape: SequenceShape;
  readonly tensors: SequenceTensors;
  readonly attrs: SequenceAttrs;
  readonly lengths: Plane;
  /** The state before step t is at t; what its gates gave is at t + 1, with the state after it. */
  readonly states: AlternatingBands;
}

export interface ForwardContext extends PassContext {
  /** The inputs' part of the gates. */
  readonly projected: Bands;
}

export interface BackwardContext extends PassContext {
  /** By the outputs, and by the final state at each row's last step. */
  readonly upstream: Bands;
  /** What comes of step t is at t + 1: at 0 stands what comes of the initial state. */
  readonly gradients: AlternatingBands;
}

/** Runs one time step, in the order of the walk. */
export type Step = (step: number) => void;

/** A state of a cell, and where it stands. */
interface CellState {
  /** What follows `initial` and `dFinal`. */
  readonly name: string;
  /** Its quantity in the bands of states. */
  readonly quantity: number;
  /** The quantity of the gradients' first band that is the gradient by the initial state. */
  readonly gradient: number;
}

/** Weights that the inputs are multiplied by. */
interface Projection {
  /** `[inputSize, gates * units]` */
  readonly kernel: TensorInfo;
  /** `[gates * units]` */
  readonly bias: TensorInfo;
}

/** How one kind of cell runs. */
export interface Cell {
  readonly kernelName: string;
  /** In the order of the kernel's outputs. */
  readonly states: readonly CellState[];
  /** Quantities in a band of states, of which 0 is the output; without a gradient to come only the first are made. */
  readonly stateQuantities: number;
  /** Quantities in a band of gradients. */
  readonly gradientQuantities: number;
  /** Those by the gates as the inputs are projected to them, in that order. */
  readonly projected: readonly number[];
  project(pass: Pass, shape: SequenceShape, tensors: SequenceTensors): Projection;
  forward(context: ForwardContext): Step;
  backward(context: BackwardContext): Step;
  /** Gradients of the weights, in the order of the kernel's inputs. */
  weightGradients(context: BackwardContext): TensorInfo[];
}
