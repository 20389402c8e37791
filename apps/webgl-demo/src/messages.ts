import type { Backend } from './open-webgl.js';

/** Trains a new model. Ends with `done` or `error`. */
export interface StartMessage {
  readonly type: 'start';
  /** URL of the folder with the four IDX files. */
  readonly data: string;
  /** The same seed gives the same first weights. */
  readonly seed: number;
  /** Passes over the training images. */
  readonly epochs: number;
}

/** Ends the training after the step that runs. */
interface StopMessage {
  readonly type: 'stop';
}

/** What the page tells the worker. */
export type ToWorker = StartMessage | StopMessage;

/** The backend computes. Comes once, before anything is started. */
interface ReadyMessage extends Backend {
  readonly type: 'ready';
}

/** What is trained. */
interface ModelSummary {
  readonly cell: string;
  readonly layers: number;
  readonly units: number;
  /** Numbers that it learns. */
  readonly parameters: number;
}

/** The data is there and the first step begins. */
export interface BeginMessage {
  readonly type: 'begin';
  readonly epochs: number;
  /** Batches in an epoch. */
  readonly trainBatches: number;
  readonly testBatches: number;
  readonly model: ModelSummary;
}

/** A batch is done. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly phase: 'test' | 'train';
  /** From 1. */
  readonly epoch: number;
  /** The batch's place in its phase of the epoch, from 1. */
  readonly batch: number;
  /** Optimizer updates so far. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Wall time of the batch. */
  readonly seconds: number;
}

/** An epoch is done, and this is what the model makes of all test images. */
export interface TestedMessage {
  readonly type: 'tested';
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The training has ended, and all that it held is freed. */
export interface DoneMessage {
  readonly type: 'done';
  readonly step: number;
  /** Whether `stop` ended it. */
  readonly interrupted: boolean;
  /** The event file for TensorBoard; none if no training began. */
  readonly log?: File;
}

/** Something failed; a training that ran has ended. */
interface ErrorMessage {
  readonly type: 'error';
  /** In one line, for the user. */
  readonly message: string;
}

/** What the worker tells the page. */
export type FromWorker =
  | BeginMessage
  | DoneMessage
  | ErrorMessage
  | ProgressMessage
  | ReadyMessage
  | TestedMessage;
