import type { Callback } from './callback.js';

/** A summary of the batches of one phase since the last one. */
export interface IntervalSummary {
  readonly phase: 'test' | 'train';
  /** From 1. */
  readonly epoch: number;
  /** Batches so far, of training and test alike. */
  readonly batches: number;
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
  let batches = 0;
  let interval = emptyInterval();
  return {
    onTrainBegin() {
      batches = 0;
      interval = emptyInterval();
    },
    onBatch({ phase, epoch, loss, metrics, seconds }) {
      if (interval.phase !== phase || interval.epoch !== epoch) {
        interval = { ...emptyInterval(), phase, epoch };
      }
      batches += 1;
      interval.count += 1;
      interval.loss += loss;
      interval.seconds += seconds;
      interval.accuracy = Math.min(interval.accuracy, metrics['accuracy'] ?? Number.NaN);
      if (batches % every !== 0) return;
      onSummary({
        phase,
        epoch,
        batches,
        loss: interval.loss / interval.count,
        accuracy: interval.accuracy,
        secondsPerBatch: interval.seconds / interval.count,
      });
      interval = emptyInterval();
    },
  };
}

/** Sums over the batches since the last summary, and their smallest accuracy. */
interface Interval {
  phase: 'test' | 'train' | undefined;
  epoch: number;
  count: number;
  loss: number;
  seconds: number;
  accuracy: number;
}

function emptyInterval(): Interval {
  return {
    phase: undefined,
    epoch: 0,
    count: 0,
    loss: 0,
    seconds: 0,
    accuracy: Number.POSITIVE_INFINITY,
  };
}
