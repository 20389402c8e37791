import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { expectNoLeak } from '@unroll/testing';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { decodeEvents, elementsOf } from './decode-events.js';

/** What an event file in memory holds: a tag and its elements for each value, in order. */
async function written(log: (writer: SummaryWriter) => void): Promise<unknown[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const writer = new SummaryWriter({
    write(bytes) {
      chunks.push(bytes);
    },
    flush() {},
    close() {},
  });
  log(writer);
  await writer.close();
  const file = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const values = decodeEvents(file).flatMap(({ summary }) => summary?.value ?? []);
  return values.map(({ tag, simpleValue, tensor: of }) => [
    tag,
    of === undefined
      ? simpleValue
      : elementsOf(of).map((each) => (isPNG(each) ? pixelsOf(each) : each)),
  ]);
}

function isPNG(element: number | Uint8Array): element is Uint8Array {
  return typeof element !== 'number' && element[0] === 0x89;
}

function pixelsOf(png: Uint8Array): number[] {
  return [...decode(png).data];
}

const size = new TextEncoder().encode('2');

describe.each(['webgl', 'webgpu'])('a tensor of %s', (backend) => {
  test('is written in its turn, though disposed right after the call, and without a word', async () => {
    await setBackend(backend);
    let events: unknown[] = [];
    await expectNoLeak(async () => {
      events = await written((writer) => {
        tidy(() => {
          writer.histogram('weights', tensor([0, 1, 2, 2]), 0, { buckets: 2 });
          writer.scalar('between', 5, 0);
          writer.image(
            'digit',
            tensor([
              [0, 1],
              [0.5, 0],
            ]),
            0,
          );
          writer.scalar('loss', tensor(0.25), 0);
        });
      });
    });
    expect(events).toEqual([
      ['weights', [0, 1, 1, 1, 2, 3]],
      ['between', 5],
      ['digit', [size, size, [0, 255, 127, 0]]],
      ['loss', 0.25],
    ]);
  });
});

test("a canvas's pixels are written as they are", async () => {
  const canvas = new OffscreenCanvas(2, 2);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'rgb(10, 20, 30)';
  context.fillRect(0, 0, 1, 2);
  const pixels = context.getImageData(0, 0, 2, 2);
  const events = await written((writer) => {
    writer.image('canvas', pixels, 0);
  });
  const row = [10, 20, 30, 255, 0, 0, 0, 0];
  expect(events).toEqual([['canvas', [size, size, [...row, ...row]]]]);
});
