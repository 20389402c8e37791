/** What one batch gave. */
export interface BatchResult {
  readonly phase: 'test' | 'train';
  /** From 1. */
  readonly epoch: number;
  /** The batch's place in its phase of the epoch, from 1. */
  readonly batch: number;
  /** Optimizer updates so far, this batch's included. */
  readonly step: number;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Wall time of the whole iteration, fetching the batch included. */
  readonly seconds: number;
}

export interface TrainBegin {
  readonly epochs: number;
  /** Batches in an epoch, where the source says so; 0 where there is no test. */
  readonly trainBatches: number | undefined;
  readonly testBatches: number | undefined;
}

export interface TrainResult {
  /** Optimizer updates done. */
  readonly step: number;
  /** Epochs that were finished. */
  readonly epochs: number;
  /** Whether the signal stopped the training before its end. */
  readonly interrupted: boolean;
}

export interface TrainEnd extends TrainResult {
  /** What stopped the training, if that was an error. */
  readonly error?: unknown;
}

/** Looks on while the loop runs. Every member is optional; a promise is waited for. */
export interface Callback {
  /** Called once, before the first epoch. */
  onTrainBegin?(begin: TrainBegin): void | Promise<void>;
  /** @param epoch - from 1 */
  onEpochBegin?(epoch: number): void | Promise<void>;
  /** Called after each batch, of training and of test. */
  onBatch?(result: BatchResult): void | Promise<void>;
  /** Called when all batches of an epoch, test included, are done. */
  onEpochEnd?(epoch: number): void | Promise<void>;
  /** Called once whatever happened, an error included; so here is where to close what was opened. */
  onTrainEnd?(end: TrainEnd): void | Promise<void>;
}
