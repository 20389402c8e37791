import { expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { DownloadSink } from '@unroll/tensorboard-writer/web';
import { readEvents } from '../read-events.js';

async function stepsOf(file: Blob): Promise<number[]> {
  return readEvents(new Uint8Array(await file.arrayBuffer())).map(({ step }) => step);
}

test('save has the browser download the events so far, under a name that TensorBoard knows', async () => {
  const sink = new DownloadSink({ filenameSuffix: '.v2' });
  const writer = new SummaryWriter(sink);
  writer.scalar('loss', 1, 1);
  await writer.flush();
  const click = new Promise<HTMLAnchorElement>((resolve) => {
    // Stops the click at its last stage: what would happen next is up to the browser.
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function clicked(
      this: HTMLAnchorElement,
    ) {
      resolve(this);
    });
  });
  sink.save();
  const { href, download } = await click;
  expect(download).toMatch(/^events\.out\.tfevents\.\d{10}\.page\.0\.\d+\.v2$/);
  expect(await stepsOf(await (await fetch(href)).blob())).toEqual([0, 1]);
  await writer.close();
});

test('file holds what was written, after each flush and after the close', async () => {
  const sink = new DownloadSink();
  const writer = new SummaryWriter(sink);
  for (const step of [1, 2, 3]) {
    writer.scalar('loss', step, step);
    await writer.flush();
  }
  expect(await stepsOf(sink.file)).toEqual([0, 1, 2, 3]);
  writer.scalar('loss', 4, 4);
  writer.flushSync();
  expect(await stepsOf(sink.file)).toEqual([0, 1, 2, 3, 4]);
  await writer.close();
  expect(await stepsOf(sink.file)).toEqual([0, 1, 2, 3, 4]);
  expect(sink.file.name).toBe(sink.name);
});
