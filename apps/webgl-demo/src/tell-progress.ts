import type { BatchResult, Callback } from '@unroll/trainer';
import type { ProgressMessage, TestedMessage } from './messages.js';

/**
 * Posts every batch of `train` as `progress`, and after every epoch the means over its test batches,
 * which are all of one size, as `tested`.
 */
export function tellProgress(post: (message: ProgressMessage | TestedMessage) => void): Callback {
  let tests: ProgressMessage[] = [];
  return {
    onEpochBegin() {
      tests = [];
    },
    onBatch({ metrics, ...result }: BatchResult) {
      const message: ProgressMessage = {
        type: 'progress',
        ...result,
        accuracy: metrics['accuracy'] ?? Number.NaN,
      };
      post(message);
      if (message.phase === 'test') tests.push(message);
    },
    onEpochEnd(epoch) {
      post({
        type: 'tested',
        epoch,
        step: tests.at(-1)?.step ?? 0,
        loss: mean(tests.map(({ loss }) => loss)),
        accuracy: mean(tests.map(({ accuracy }) => accuracy)),
      });
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
