import type { BatchResult, Callback } from './callback.js';

/** A summary of the batches of one phase since the last one. */
export interface IntervalSummary {
  readonly phase: 'test' | 'train';
  /** From 1. */
  readonly epoch: number;
  /** Batches so far, of training and test alike. */
  readonly step: number;
  /** Mean of the batches' losses. */
  readonly loss: number;
  /** Minimum of the batches' accuracies. */
  readonly accuracy: number;
  /** Mean wall time of a batch. */
  readonly secondsPerBatch: number;
}

export interface IntervalLogOptions {
  /** Batches between two summaries. Default 250. */
  readonly every?: number;
  /** Gets each summary as it falls due. */
  readonly onSummary: (summary: IntervalSummary) => void;
}

/**
 * Sums up the training as the well-known TensorFlow tutorials print it: training and test batches
 * share one counter; whenever it is a multiple of `every`, the running phase's batches since the last
 * summary, or since the start of that phase's epoch, become one. The metric `accuracy` is expected.
 *
 * @param options - the interval, and who gets the summaries
 * @throws RangeError if `every` is not a whole number from 1
 */
export function intervalLog({ every = 250, onSummary }: IntervalLogOptions): Callback {
  if (!Number.isSafeInteger(every) || every < 1) {
    throw new RangeError(`intervalLog: every: expected a whole number from 1, got ${every}`);
  }
  let step = 0;
  let batches: BatchResult[] = [];
  return {
    onBatch(result) {
      const last = batches.at(-1);
      if (last?.phase !== result.phase || last.epoch !== result.epoch) batches = [];
      batches.push(result);
      step += 1;
      if (step % every !== 0) return;
      const mean = (of: (batch: BatchResult) => number) =>
        batches.reduce((sum, batch) => sum + of(batch), 0) / batches.length;
      onSummary({
        phase: result.phase,
        epoch: result.epoch,
        step,
        loss: mean((batch) => batch.loss),
        accuracy: Math.min(...batches.map((batch) => batch.metrics['accuracy'] ?? Number.NaN)),
        secondsPerBatch: mean((batch) => batch.seconds),
      });
      batches = [];
    },
  };
}
