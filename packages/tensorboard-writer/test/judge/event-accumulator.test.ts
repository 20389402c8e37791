import { describeWithPython, python } from '@unroll/testing/python';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLogdir } from '@unroll/tensorboard-writer/node';

const script = fileURLToPath(new URL('read_logs.py', import.meta.url));

interface Entry {
  readonly name: string;
  readonly description: string;
  readonly content?: unknown;
  readonly points: readonly (readonly [step: number, value: unknown])[];
}

type Runs = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Entry>>>>>>;

const grey = { data: Uint8Array.of(0, 50, 100, 150, 200, 250), shape: [2, 3] };
const triangle = {
  vertices: { data: [0, 0, 0, 1, 0, 0, 0, 1, 0], shape: [3, 3] },
  faces: { data: [0, 1, 2], shape: [1, 3] },
  colors: { data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255), shape: [3, 3] },
};

async function writeTrain(logdir: string): Promise<void> {
  const writer = await openLogdir(join(logdir, 'train'));
  const metrics = [{ tag: 'loss', displayName: 'Loss' }];
  writer.hparams({ lr: 0.1, cell: 'lstm', dropout: true }, { metrics, startTime: 5 });
  for (const step of [1, 2]) {
    writer.scalar('loss', 1 / step, step, { displayName: 'Loss', description: 'of *all*' });
    writer.scalars('accuracy', { train: step / 4, validation: NaN }, step);
    writer.text('note', `step **${step}**`, step);
  }
  const options = { buckets: 2, description: 'of weights' };
  writer.histogram('weights', Float32Array.of(0, 1, 2, 2), 1, options);
  writer.histogram('diverged', [1, NaN], 1, { buckets: 1 });
  writer.histogramRaw('counts', { edges: [0, 1, 3], counts: [4, 5] }, 1);
  writer.image('digit', grey, 1, { displayName: 'A digit' });
  writer.images('pairs', { data: [0, 1, 1, 0.5, 0.25, 1], shape: [2, 1, 1, 3] }, 1);
  writer.audio('beep', { data: [0, 0.5, -1, 1], shape: [2, 2] }, 1, { sampleRate: 8000 });
  writer.text(
    'table',
    [
      ['a', 'b'],
      ['ü', ''],
    ],
    1,
  );
  const predictions = [0.1, 0.6, 0.9];
  writer.prCurve('pr', { labels: [0, 0, 1], predictions }, 1, { numThresholds: 3 });
  writer.mesh('triangle', triangle, 1, { config: { camera: { fov: 75 } } });
  writer.customScalars({ Both: { lines: { multiline: ['accuracy/.*'] } } });
  const images = { data: Uint8Array.of(1, 2, 3), shape: [3, 1, 1] };
  const vectors = { data: [0.1, 1e-20, 3, -4e30, 5, 6], shape: [3, 2] };
  writer.embedding('words', vectors, 1, { metadata: ['a', 'b', 'c'], images });
  await writer.close();
}

describeWithPython("TensorBoard's own reader", ['tensorboard'], () => {
  let logdir: string;
  let runs: Runs;

  beforeAll(async () => {
    logdir = mkdtempSync(join(tmpdir(), 'unroll-judge-'));
    await writeTrain(logdir);
    const other = await openLogdir(join(logdir, 'test'));
    other.scalar('loss', 0.75, 1);
    await other.close();
    runs = JSON.parse(execFileSync(python, [script, logdir], { encoding: 'utf8' })) as Runs;
  }, 120_000);

  afterAll(() => {
    rmSync(logdir, { recursive: true });
  });

  /** The entry of a tag of the run `train`. */
  function entry(plugin: string, tag: string): Entry | undefined {
    return runs['train']?.[plugin]?.[tag];
  }

  test('finds two runs', () => {
    expect(Object.keys(runs)).toEqual(['test', 'train']);
    expect(runs['test']?.['scalars']?.['loss']?.points).toEqual([[1, 0.75]]);
  });

  test('reads scalars, with their name and description', () => {
    expect(entry('scalars', 'loss')).toEqual({
      name: 'Loss',
      description: 'of *all*',
      points: [
        [1, 1],
        [2, 0.5],
      ],
    });
    expect(entry('scalars', 'accuracy/train')?.points).toEqual([
      [1, 0.25],
      [2, 0.5],
    ]);
    expect(entry('scalars', 'accuracy/validation')?.points).toEqual([
      [1, 'NaN'],
      [2, 'NaN'],
    ]);
  });

  test('reads histograms', () => {
    expect(entry('histograms', 'weights')).toEqual({
      name: '',
      description: 'of weights',
      points: [[1, { shape: [2, 3], data: [0, 1, 1, 1, 2, 3] }]],
    });
    expect(entry('histograms', 'counts')?.points).toEqual([
      [1, { shape: [2, 3], data: [0, 1, 4, 1, 3, 5] }],
    ]);
    expect(entry('histograms', 'diverged')?.points).toEqual([
      [1, { shape: [1, 3], data: ['NaN', 'NaN', 0] }],
    ]);
  });

  test('reads images, pixel by pixel', () => {
    const digit = { mode: 'L', size: [3, 2], pixels: [0, 50, 100, 150, 200, 250] };
    expect(entry('images', 'digit')).toEqual({
      name: 'A digit',
      description: '',
      points: [[1, [3, 2, digit]]],
    });
    expect(entry('images', 'pairs')?.points).toEqual([
      [
        1,
        [
          1,
          1,
          { mode: 'RGB', size: [1, 1], pixels: [0, 255, 255] },
          { mode: 'RGB', size: [1, 1], pixels: [127, 63, 255] },
        ],
      ],
    ]);
  });

  test('reads sound, sample by sample', () => {
    const frames = [
      [0, 16384],
      [-32768, 32767],
    ];
    expect(entry('audio', 'beep')?.points).toEqual([[1, [{ rate: 8000, channels: 2, frames }]]]);
  });

  test('reads text', () => {
    expect(entry('text', 'note')?.points).toEqual([
      [1, { shape: [], data: ['step **1**'] }],
      [2, { shape: [], data: ['step **2**'] }],
    ]);
    expect(entry('text', 'table')?.points).toEqual([
      [1, { shape: [2, 2], data: ['a', 'b', 'ü', ''] }],
    ]);
  });

  test('reads PR curves', () => {
    const third = Math.fround(1 / 3);
    const data = [1, 1, 0, 2, 1, 0, 0, 1, 2, 0, 0, 1, third, 0.5, 0, 1, 1, 0];
    expect(entry('pr_curves', 'pr')).toMatchObject({
      content: { numThresholds: 3 },
      points: [[1, { shape: [6, 3], data }]],
    });
  });

  test('reads meshes', () => {
    expect(entry('mesh', 'triangle_VERTEX')?.points).toEqual([
      [1, { shape: [1, 3, 3], data: [0, 0, 0, 1, 0, 0, 0, 1, 0] }],
    ]);
    expect(entry('mesh', 'triangle_FACE')?.points).toEqual([
      [1, { shape: [1, 1, 3], data: [0, 1, 2] }],
    ]);
    expect(entry('mesh', 'triangle_COLOR')).toMatchObject({
      content: {
        name: 'triangle',
        contentType: 'COLOR',
        components: 14,
        jsonConfig: '{"camera":{"fov":75}}',
      },
      points: [[1, { shape: [1, 3, 3], data: [255, 0, 0, 0, 255, 0, 0, 0, 255] }]],
    });
  });

  test('reads hyperparameters', () => {
    expect(entry('hparams', '_hparams_/session_start_info')?.content).toEqual({
      sessionStartInfo: { hparams: { lr: 0.1, cell: 'lstm', dropout: true }, startTimeSecs: 5 },
    });
    expect(entry('hparams', '_hparams_/experiment')?.content).toMatchObject({
      experiment: {
        hparamInfos: [
          { name: 'cell', type: 'DATA_TYPE_STRING' },
          { name: 'dropout', type: 'DATA_TYPE_BOOL' },
          { name: 'lr', type: 'DATA_TYPE_FLOAT64' },
        ],
        metricInfos: [{ name: { tag: 'loss' }, displayName: 'Loss' }],
      },
    });
    expect(entry('hparams', '_hparams_/session_end_info')?.content).toMatchObject({
      sessionEndInfo: { status: 'STATUS_SUCCESS' },
    });
  });

  test('reads the layout of custom scalars', () => {
    expect(entry('custom_scalars', 'custom_scalars__config__')?.points).toEqual([
      [
        0,
        [
          {
            category: [
              { title: 'Both', chart: [{ title: 'lines', multiline: { tag: ['accuracy/.*'] } }] },
            ],
          },
        ],
      ],
    ]);
  });

  test('reads embeddings', () => {
    expect(entry('projector', 'words:00001')).toEqual({
      points: { shape: [3, 2], data: [0.1, 1e-20, 3, -4e30, 5, 6].map(Math.fround) },
      shape: [3, 2],
      metadata: 'a\nb\nc\n',
      sprite: { mode: 'L', size: [2, 2], pixels: [1, 2, 3, 0] },
      image: [1, 1],
    });
  });
});
