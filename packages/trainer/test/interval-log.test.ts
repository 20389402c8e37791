import { describe, expect, test } from 'vitest';
import { type BatchResult, intervalLog, type IntervalSummary } from '../src/index.js';

function summariesOf(every: number, batches: readonly Partial<BatchResult>[]): IntervalSummary[] {
  const summaries: IntervalSummary[] = [];
  const log = intervalLog({ every, onSummary: (summary) => summaries.push(summary) });
  for (const batch of batches) {
    void log.onBatch!({
      phase: 'train',
      epoch: 1,
      batch: 1,
      step: 1,
      loss: 0,
      metrics: { accuracy: 0 },
      seconds: 0,
      ...batch,
    });
  }
  return summaries;
}

describe('intervalLog', () => {
  test('gives the mean loss, the minimum accuracy and the mean time since the last summary', () => {
    const summaries = summariesOf(2, [
      { loss: 1, metrics: { accuracy: 0.5 }, seconds: 0.1 },
      { loss: 2, metrics: { accuracy: 0.25 }, seconds: 0.3 },
      { loss: 5, metrics: { accuracy: 1 }, seconds: 0.5 },
      { loss: 6, metrics: { accuracy: 0.75 }, seconds: 0.5 },
    ]);
    expect(summaries).toEqual([
      { phase: 'train', epoch: 1, batches: 2, loss: 1.5, accuracy: 0.25, secondsPerBatch: 0.2 },
      { phase: 'train', epoch: 1, batches: 4, loss: 5.5, accuracy: 0.75, secondsPerBatch: 0.5 },
    ]);
  });

  test('counts training and test batches together, and starts anew with each of them', () => {
    const summaries = summariesOf(4, [
      { loss: 9 },
      { loss: 9 },
      { phase: 'test', loss: 1 },
      { phase: 'test', loss: 3 },
      { phase: 'test', loss: 9 },
      { phase: 'train', epoch: 2, loss: 4 },
      { phase: 'train', epoch: 2, loss: 6 },
      { phase: 'train', epoch: 2, loss: 8 },
    ]);
    expect(
      summaries.map(({ phase, epoch, batches, loss }) => [phase, epoch, batches, loss]),
    ).toEqual([
      ['test', 1, 4, 2],
      ['train', 2, 8, 6],
    ]);
  });

  test('starts anew with each epoch even where there is no test', () => {
    const [summary] = summariesOf(3, [{ loss: 9 }, { epoch: 2, loss: 1 }, { epoch: 2, loss: 3 }]);
    expect(summary!.loss).toBe(2);
  });

  test('starts anew with each training, and takes long intervals', () => {
    const summaries: IntervalSummary[] = [];
    const every = 200_000;
    const log = intervalLog({ every, onSummary: (summary) => summaries.push(summary) });
    const batch = { phase: 'train', epoch: 1, batch: 1, step: 1, metrics: {}, seconds: 0 } as const;
    void log.onBatch!({ ...batch, loss: 99 });
    void log.onTrainBegin!({ epochs: 1, trainBatches: undefined, testBatches: 0 });
    for (let n = 0; n < every; n++) void log.onBatch!({ ...batch, loss: 1 });
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toMatchObject({ batches: every, loss: 1, accuracy: Number.NaN });
  });

  test.for([0, -1, 2.5, Number.NaN])('refuses an interval of %d', (every) => {
    expect(() => intervalLog({ every, onSummary: () => {} })).toThrow(
      new RangeError(`intervalLog: every: expected a whole number from 1, got ${every}`),
    );
  });
});
