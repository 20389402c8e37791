import { type Callback, intervalLog, type IntervalSummary } from '@unroll/trainer';
import type { Logs } from './open-logs.js';

/** A summary as the tutorial prints it. */
export function tutorialLine(summary: IntervalSummary): string {
  const { phase, epoch, batches, loss, accuracy, secondsPerBatch } = summary;
  return [
    `[${phase === 'train' ? 'trn' : 'tst'}] ep ${epoch}`,
    `step ${batches}`,
    `loss ${loss.toFixed(6)}`,
    `accu ${accuracy.toFixed(6)}`,
    `sec/iter ${secondsPerBatch.toFixed(6)}`,
  ].join(', ');
}

export interface TutorialLogOptions {
  readonly print: (line: string) => void;
  /** Where each phase is logged; the log closes both when the training ends. */
  readonly writers: Logs;
}

/**
 * Prints a line every 250 batches, and logs the same numbers to TensorBoard: `loss` and
 * `train_accuracy` in the run of the training, `loss` and `test_accuracy` in that of the test.
 */
export function tutorialLog({ print, writers }: TutorialLogOptions): Callback {
  return {
    ...intervalLog({
      onSummary(summary) {
        print(tutorialLine(summary));
        const writer = writers[summary.phase];
        writer.scalar('loss', summary.loss, summary.batches);
        writer.scalar(`${summary.phase}_accuracy`, summary.accuracy, summary.batches);
      },
    }),
    async onTrainEnd() {
      await Promise.all([writers.train.close(), writers.test.close()]);
    },
  };
}
