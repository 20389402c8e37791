import { decode, encode } from 'fast-png';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ImageInput, SummaryWriter } from '@unroll/tensorboard-writer';
import { decodeEvents, elementsOf } from './decode-events.js';
import { MemorySink } from './memory-sink.js';

let sink: MemorySink;
let writer: SummaryWriter;

beforeEach(() => {
  sink = new MemorySink();
  writer = new SummaryWriter(sink);
});

/** Width, height and PNG files of the only event. */
async function stringsOf(): Promise<Uint8Array[]> {
  await writer.close();
  const tensor = decodeEvents(sink.bytes)[1]?.summary?.value[0]?.tensor;
  return (tensor && elementsOf(tensor))?.map((each) => each as Uint8Array) ?? [];
}

async function pixelsOf(image: ImageInput): Promise<number[]> {
  writer.image('image', image, 0);
  const [, , png = new Uint8Array()] = await stringsOf();
  return [...decode(png).data];
}

describe('SummaryWriter.image', () => {
  test('clips integers to 0..255', async () => {
    const data = Int32Array.of(-1, 0, 255, 256);
    expect(await pixelsOf({ data, shape: [1, 4] })).toEqual([0, 0, 255, 255]);
  });

  test('takes other numbers for 0..1, and NaN for 0', async () => {
    const data = [-0.1, 0, 0.5, 1, 1.1, NaN];
    expect(await pixelsOf({ data, shape: [1, 6] })).toEqual([0, 0, 127, 255, 255, 0]);
  });

  test("takes a canvas's ImageData", async () => {
    const data = Uint8ClampedArray.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(await pixelsOf({ data, width: 2, height: 1 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test.each([
    ['GIF', 'R0lGODdhAwACAIAAAAAAAAAAACwAAAAAAwACAAAIBgABCBwYEAA7'],
    [
      'JPEG',
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////////' +
        '//////////////////////////wAALCAACAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAA' +
        'AAAAAAD/2gAIAQEAAD8AP//Z',
    ],
  ])('writes a %s file as it is, with the size that it has', async (_, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    writer.image('image', bytes, 0);
    const [width, height, file] = await stringsOf();
    expect([width, height].map((text) => new TextDecoder().decode(text))).toEqual(['3', '2']);
    expect(file).toEqual(new Uint8Array(bytes));
  });

  test.each([
    ['ends before its size', [0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 4, 5, 6, 7]],
    ['has no segments', [0xff, 0xd8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('refuses a JPEG file that %s', async (_, bytes) => {
    expect(() => writer.image('image', Uint8Array.from(bytes), 0)).toThrow(RangeError);
    await writer.close();
  });

  test('writes a PNG file as it is, with the size that it has', async () => {
    const png = encode({ width: 3, height: 2, channels: 1, data: new Uint8Array(6) });
    // Node's buffers may begin anywhere in the memory behind them.
    writer.image('image', Buffer.concat([Buffer.from('x'), png]).subarray(1), 0);
    const [width, height, file] = await stringsOf();
    expect(Buffer.from(width ?? []).toString()).toBe('3');
    expect(Buffer.from(height ?? []).toString()).toBe('2');
    expect(file).toEqual(new Uint8Array(png));
  });

  test('copies what the caller may change after the call', async () => {
    const data = Uint8Array.of(1, 2);
    writer.image('image', { data, shape: [1, 2] }, 0);
    data.fill(9);
    const [, , png = new Uint8Array()] = await stringsOf();
    expect([...decode(png).data]).toEqual([1, 2]);
  });
});

describe('SummaryWriter.images', () => {
  test('takes an array of images of all kinds, and writes the first of them', async () => {
    const png = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
    const pixel = { data: Uint8ClampedArray.of(1, 2, 3, 255), width: 1, height: 1 };
    writer.images('images', [{ data: [1], shape: [1, 1] }, pixel, png, png], 0);
    const [, , ...files] = await stringsOf();
    expect(files.map((file) => [...decode(file).data])).toEqual([[255], [1, 2, 3, 255], [7]]);
  });

  test('takes a batch of grey images, as of MNIST, without an axis for their one channel', async () => {
    const batch = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] };
    writer.images('images', batch, 0, { maxOutputs: 9 });
    const [, , ...files] = await stringsOf();
    expect(files.map((file) => [...decode(file).data])).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });
});
