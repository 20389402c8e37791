import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { progressBar } from '../src/node.js';

const batch = { phase: 'train', epoch: 1, batch: 1, step: 1, loss: 0.5, seconds: 0.01 } as const;

/** A stream that remembers, and says that it is a terminal or not. */
function fakeStream(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const chunks: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const terminal = Object.assign(stream, { isTTY, columns: 120, rows: 24 });
  return { stream: terminal as unknown as NodeJS.WriteStream, text: () => chunks.join('') };
}

describe('progressBar', () => {
  test('draws how far the training is, with what is printed above, and ends with the cursor back', async () => {
    const { stream, text } = fakeStream(true);
    const bar = progressBar({ stream });
    await bar.onTrainBegin!({ epochs: 2, trainBatches: 3, testBatches: 1 });
    for (let n = 0; n < 4; n++) await bar.onBatch!({ ...batch, metrics: { accuracy: 0.25 } });
    bar.print('a line');
    await bar.onTrainEnd!({ step: 3, epochs: 1, interrupted: true });
    bar.print('a last line');
    expect(text()).toContain('50% | epoch 1/2 | loss 0.5000 | accu 0.2500 | 10.0 ms/batch');
    expect(text()).toContain('a line\n');
    expect(text().endsWith('a last line\n')).toBe(true);
    expect(text().lastIndexOf('\u001B[?25h')).toBeGreaterThan(text().lastIndexOf('\u001B[?25l'));
  });

  test('counts where it is not known how many batches there are', async () => {
    const { stream, text } = fakeStream(true);
    const bar = progressBar({ stream });
    await bar.onTrainBegin!({ epochs: 2, trainBatches: 3, testBatches: undefined });
    await bar.onBatch!({ ...batch, metrics: {} });
    await bar.onTrainEnd!({ step: 1, epochs: 0, interrupted: true });
    expect(text()).toContain('1 batches | epoch 1/2 | loss 0.5000 | accu - |');
    expect(text()).not.toContain('%');
  });

  test('writes nothing but what is printed where there is no terminal', async () => {
    const { stream, text } = fakeStream(false);
    const bar = progressBar({ stream });
    await bar.onTrainBegin!({ epochs: 1, trainBatches: 1, testBatches: 0 });
    await bar.onBatch!({ ...batch, metrics: {} });
    bar.print('a line');
    await bar.onTrainEnd!({ step: 1, epochs: 1, interrupted: false });
    expect(text()).toBe('a line\n');
  });
});
