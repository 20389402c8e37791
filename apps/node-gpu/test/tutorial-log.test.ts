import { SummaryWriter } from '@unroll/tensorboard-writer';
import type { BatchResult } from '@unroll/trainer';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLogs } from '../src/open-logs.js';
import { tutorialLine, tutorialLog } from '../src/tutorial-log.js';
import { readScalars } from './read-scalars.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

/** Batches of one phase of an epoch, their losses counted up from `loss`. */
function batches(
  phase: 'test' | 'train',
  { epoch = 1, count, loss }: { epoch?: number; count: number; loss: number },
): readonly BatchResult[] {
  return Array.from({ length: count }, (_, i) => ({
    phase,
    epoch,
    batch: i + 1,
    step: i + 1,
    loss: loss + i / 1000,
    metrics: { accuracy: 1 - (i % 11) / 128 },
    seconds: 0.001 + i * 2e-6,
  }));
}

describe('tutorialLine', () => {
  test("is the tutorial's, to the letter", () => {
    const numbers = { loss: 1.6624364, accuracy: 0.0859375, secondsPerBatch: 0.0072571 };
    expect(tutorialLine({ phase: 'train', epoch: 1, batches: 250, ...numbers })).toBe(
      '[trn] ep 1, step 250, loss 1.662436, accu 0.085938, sec/iter 0.007257',
    );
    expect(tutorialLine({ phase: 'test', epoch: 10, batches: 5000, ...numbers })).toBe(
      '[tst] ep 10, step 5000, loss 1.662436, accu 0.085938, sec/iter 0.007257',
    );
  });
});

describe('tutorialLog', () => {
  test('prints and logs the same numbers: mean loss, minimum accuracy, mean seconds', async () => {
    const logdir = join(folder, 'log');
    const lines: string[] = [];
    const log = tutorialLog({ print: (line) => lines.push(line), writers: await openLogs(logdir) });
    for (const result of [
      ...batches('train', { count: 300, loss: 2 }),
      ...batches('test', { count: 210, loss: 1 }),
    ]) {
      await log.onBatch!(result);
    }
    await log.onTrainEnd!({ step: 300, epochs: 1, interrupted: false });
    expect(lines).toEqual([
      '[trn] ep 1, step 250, loss 2.124500, accu 0.921875, sec/iter 0.001249',
      '[tst] ep 1, step 500, loss 1.099500, accu 0.921875, sec/iter 0.001199',
    ]);
    expect(await readScalars(join(logdir, 'train'))).toEqual([
      { tag: 'loss', step: 250, value: Math.fround(2.1245) },
      { tag: 'train_accuracy', step: 250, value: 0.921875 },
    ]);
    expect(await readScalars(join(logdir, 'test'))).toEqual([
      { tag: 'loss', step: 500, value: Math.fround(1.0995) },
      { tag: 'test_accuracy', step: 500, value: 0.921875 },
    ]);
  });

  test('closes both logs at the end, even where closing one fails', async () => {
    const closed: string[] = [];
    const writer = (name: string, fails: boolean) =>
      new SummaryWriter({
        write() {
          if (fails) throw new Error('disk full');
        },
        flush() {},
        close: () => void closed.push(name),
      });
    const writers = { train: writer('train', true), test: writer('test', false) };
    const log = tutorialLog({ print: () => {}, writers });
    const end = log.onTrainEnd!({ step: 0, epochs: 0, interrupted: true });
    await expect(end).rejects.toThrow('got disk full');
    expect(closed.toSorted()).toEqual(['test', 'train']);
  });
});
