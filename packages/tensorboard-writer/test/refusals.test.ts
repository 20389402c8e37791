import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { decodeEvents } from './decode-events.js';
import { MemorySink } from './memory-sink.js';

const png = Buffer.concat([
  Uint8Array.of(
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    0,
    0,
    0,
    13,
    0x49,
    0x48,
    0x44,
    0x52,
  ),
  Uint8Array.of(0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0, 0, 0, 0, 0),
]);
const lone = '\ud800';
const shaped = (...shape: number[]) => ({
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  shape,
});
const labels = [0, 1];

/** Method, arguments, the class of the error, and the message after the method's name. */
const refusals: [
  Extract<keyof SummaryWriter, string>,
  unknown[],
  new (message: string) => Error,
  string,
][] = [
  ['text', ['', 'x', 0], RangeError, 'tag: expected a non-empty string, got ""'],
  ['text', ['a', 'x', -1], RangeError, 'step: expected a non-negative safe integer, got -1'],
  ['text', ['a', 'x', 0, { displayName: 1 }], TypeError, 'displayName: expected a string, got 1'],
  [
    'text',
    ['a', 'x', 0, { description: lone }],
    RangeError,
    String.raw`description: expected well-formed Unicode, got "\ud800"`,
  ],
  [
    'text',
    ['a', 'x', 0, { wallTime: NaN }],
    RangeError,
    'wallTime: expected finite seconds since 1970, got NaN',
  ],
  ['text', ['a', 7, 0], TypeError, 'text: expected a string or an array, got 7'],
  ['text', ['a', ['b', 7], 0], TypeError, 'text: cell 1: expected a string, got 7'],
  [
    'text',
    ['a', [['b'], ['c', 'd']], 0],
    RangeError,
    'text: expected rows of 1 cells, got an array of 2',
  ],
  [
    'scalars',
    ['a', {}, 0],
    TypeError,
    'values: expected an object of numbers by name, got an object',
  ],
  ['scalars', ['a', { b: '1' }, 0], TypeError, 'b: value: expected a number, got "1"'],
  [
    'histogram',
    ['a', 'x', 0],
    TypeError,
    'values: expected an array of numbers, { data, shape } or a tensor, got "x"',
  ],
  ['histogram', ['a', [1, '2'], 0], TypeError, 'values: expected numbers, got "2" at 1'],
  [
    'histogram',
    ['a', { data: [1, 2, 3], shape: [2, 2] }, 0],
    RangeError,
    'values: expected a shape of 3 elements, as many as there are in data, got [2, 2]',
  ],
  [
    'histogram',
    ['a', [1], 0, { buckets: 0 }],
    RangeError,
    'buckets: expected a whole number from 1, got 0',
  ],
  [
    'histogramRaw',
    ['a', { edges: [0, 1], counts: [1, 2] }, 0],
    RangeError,
    'edges: expected 3, one more than there are counts, got 2',
  ],
  [
    'histogramRaw',
    ['a', { edges: [0, 2, 1], counts: [1, 2] }, 0],
    RangeError,
    'edges: expected numbers finite, none below the one before, got 1 at 2',
  ],
  [
    'histogramRaw',
    ['a', { edges: [0, 1], counts: [-1] }, 0],
    RangeError,
    'counts: expected numbers from 0, got -1 at 0',
  ],
  [
    'histogramRaw',
    ['a', { edges: [0, 1], counts: 'x' }, 0],
    TypeError,
    'counts: expected an array of numbers, got "x"',
  ],
  [
    'image',
    ['a', shaped(4, 4, 5), 0],
    RangeError,
    'image: expected a shape [height, width] or [height, width, 1 to 4 channels], got [4, 4, 5]',
  ],
  [
    'image',
    ['a', shaped(0, 4), 0],
    RangeError,
    'image: expected a shape [height, width] or [height, width, 1 to 4 channels], got [0, 4]',
  ],
  [
    'image',
    ['a', new Uint8Array(16), 0],
    RangeError,
    'image: expected a PNG file, or { data, shape }, got 16 bytes of something else',
  ],
  [
    'image',
    ['a', { data: new Uint8Array(3), width: 1, height: 1 }, 0],
    RangeError,
    'image: expected a shape of 3 elements, as many as there are in data, got [1, 1, 4]',
  ],
  [
    'images',
    ['a', shaped(4, 4), 0],
    RangeError,
    'images: expected a shape [batch, height, width] or [batch, height, width, 1 to 4 channels], got [4, 4]',
  ],
  [
    'images',
    ['a', shaped(0, 4, 4), 0],
    RangeError,
    'images: expected a shape [batch, height, width] or [batch, height, width, 1 to 4 channels], got [0, 4, 4]',
  ],
  [
    'images',
    ['a', [1, 2], 0],
    TypeError,
    'images: expected a batch of images as { data, shape }, a tensor or an array of images, got an array of 2',
  ],
  [
    'images',
    ['a', [shaped(2, 2), shaped(3, 2)], 0],
    RangeError,
    'images: expected images of one size, 2 x 2, got 2 x 3 at 1',
  ],
  [
    'images',
    ['a', shaped(1, 2, 2), 0, { maxOutputs: 0 }],
    RangeError,
    'maxOutputs: expected a whole number from 1, got 0',
  ],
  [
    'audio',
    ['a', shaped(1, 2, 3, 4), 0],
    RangeError,
    'samples: expected a shape [frames], [frames, channels] or [batch, frames, channels], got [1, 2, 3, 4]',
  ],
  [
    'audio',
    ['a', [], 0],
    RangeError,
    'samples: expected a shape [frames], [frames, channels] or [batch, frames, channels], got [0]',
  ],
  [
    'audio',
    ['a', Int16Array.of(1), 0],
    TypeError,
    'samples: expected fractions in [-1, 1], got an array of integers',
  ],
  [
    'audio',
    ['a', [1], 0, { sampleRate: 0 }],
    RangeError,
    'sampleRate: expected a whole number from 1 to 4294967295, got 0',
  ],
  [
    'prCurve',
    ['a', { labels, predictions: [0.5] }, 0],
    RangeError,
    'predictions: expected 2, one for each label, got 1',
  ],
  [
    'prCurve',
    ['a', { labels: [0, 2], predictions: [0, 1] }, 0],
    RangeError,
    'labels: expected numbers 0 or 1, got 2 at 1',
  ],
  [
    'prCurve',
    ['a', { labels, predictions: [0.5, NaN] }, 0],
    RangeError,
    'predictions: expected numbers in [0, 1], got NaN at 1',
  ],
  [
    'prCurve',
    ['a', { labels, predictions: [0, 1], weights: [1, -1] }, 0],
    RangeError,
    'weights: expected numbers from 0, got -1 at 1',
  ],
  [
    'prCurve',
    ['a', { labels, predictions: [0, 1] }, 0, { numThresholds: 1 }],
    RangeError,
    'numThresholds: expected a whole number from 2, got 1',
  ],
  [
    'prCurveRaw',
    [
      'a',
      {
        truePositives: [1, 2],
        falsePositives: [1, 2],
        trueNegatives: [1, 2],
        falseNegatives: [1, 2],
        precision: [1],
        recall: [1, 2],
      },
      0,
    ],
    RangeError,
    'precision: expected as many numbers as there are thresholds, 2 or more, got 1',
  ],
  ['mesh', ['a', {}, 0], TypeError, 'vertices: expected numbers, got undefined'],
  [
    'mesh',
    ['a', { vertices: shaped(4, 2) }, 0],
    RangeError,
    'vertices: expected a shape [points, 3] or [batch, points, 3], got [4, 2]',
  ],
  [
    'mesh',
    ['a', { vertices: shaped(4, 3) }, 0, { config: [] }],
    TypeError,
    'config: expected an object, got an array of 0',
  ],
  ['hparams', [[]], TypeError, 'values: expected an object, got an array of 0'],
  [
    'hparams',
    [{ lr: NaN }],
    RangeError,
    'lr: expected a finite number, a string or a boolean, got NaN',
  ],
  [
    'hparams',
    [{ lr: undefined }],
    TypeError,
    'lr: expected a finite number, a string or a boolean, got undefined',
  ],
  ['hparams', [{}, { trialId: 7 }], TypeError, 'trialId: expected a string, got 7'],
  [
    'hparams',
    [{ lr: 1 }, { columns: { rate: {} } }],
    RangeError,
    'columns: expected names of hyperparameters, got "rate"',
  ],
  [
    'hparams',
    [{ lr: 1 }, { columns: { lr: { domain: ['a'] } } }],
    TypeError,
    'columns: lr: domain: expected values of the type of 1, got others',
  ],
  [
    'hparams',
    [{ lr: 1 }, { metrics: { loss: 'x' } }],
    TypeError,
    'metrics: loss: expected a number, got "x"',
  ],
  [
    'hparams',
    [{ lr: 1 }, { metrics: [''] }],
    RangeError,
    'metrics: 0: expected a non-empty string, got ""',
  ],
  ['endSession', [], Error, 'expected a session that runs, got no session'],
  [
    'customScalars',
    [{ a: { b: {} } }],
    TypeError,
    'layout: a: b: expected { multiline: [tag, ...] } or { margin: [{ value, lower, upper }, ...] }, got an object',
  ],
  ['customScalars', [{ a: 1 }], TypeError, 'layout: a: expected an object, got 1'],
  [
    'customScalars',
    [{ a: { b: { multiline: [1] } } }],
    TypeError,
    'layout: a: b: multiline: expected a string, got 1',
  ],
  [
    'embedding',
    ['a', shaped(4), 0],
    RangeError,
    'vectors: expected a shape [points, dimensions], got [4]',
  ],
  [
    'embedding',
    ['a', shaped(4, 2), 0, { metadata: ['a'] }],
    RangeError,
    'metadata: label: expected 4 labels, one for each point, got 1',
  ],
  [
    'embedding',
    ['a', shaped(4, 2), 0, { metadata: { name: 'abcd' } }],
    TypeError,
    'metadata: name: expected an array, got "abcd"',
  ],
  [
    'embedding',
    ['a', shaped(4, 2), 0, { images: shaped(3, 2, 2) }],
    RangeError,
    'images: expected 4 images, one for each point, got 3',
  ],
  [
    'embedding',
    ['a', shaped(1, 2), 0, { images: [png] }],
    TypeError,
    'images: expected numbers, got PNG files',
  ],
  [
    'embedding',
    ['a', shaped(1, 2), 0, { images: shaped(1, 1, 9000) }],
    RangeError,
    'images: expected a square of 8192 pixels, got 1 x 1 images of 9000 x 1',
  ],
  ['runMetadata', ['a', 'x', 0], TypeError, 'runMetadata: expected bytes, got "x"'],
];

describe('what a SummaryWriter refuses, and writes nothing of', () => {
  test.each(refusals)('%s(...%j): %o %s', async (method, args, type, message) => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const call = writer[method] as (this: SummaryWriter, ...args: unknown[]) => void;
    let thrown: unknown;
    try {
      call.apply(writer, args);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toBe(`SummaryWriter.${method}: ${message}`);
    await writer.close();
    expect(decodeEvents(sink.bytes).length).toBe(1);
    expect(sink.files.size).toBe(0);
  });

  test('a second set of hyperparameters, which TensorBoard would not see', async () => {
    const writer = new SummaryWriter(new MemorySink());
    writer.hparams({ lr: 1 });
    expect(() => {
      writer.hparams({ lr: 2 });
    }).toThrow('SummaryWriter.hparams: expected one call for each writer, got another');
    writer.endSession();
    expect(() => {
      writer.endSession();
    }).toThrow('SummaryWriter.endSession: expected a session that runs, got one that ended');
    await writer.close();
  });

  test('an embedding where the sink writes no files', async () => {
    const writer = new SummaryWriter({ write() {}, flush() {}, close() {} });
    expect(() => {
      writer.embedding('a', shaped(2, 2), 0);
    }).toThrow('SummaryWriter.embedding: expected a sink with writeFile, got one without');
    await writer.close();
  });

  test('anything on a closed writer', async () => {
    const writer = new SummaryWriter(new MemorySink());
    await writer.close();
    expect(() => {
      writer.text('a', 'b', 0);
    }).toThrow('SummaryWriter.text: expected an open writer, got a closed one');
  });
});
