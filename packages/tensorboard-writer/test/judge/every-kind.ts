import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  log,
  matMul,
  mean,
  mul,
  neg,
  softmax,
  sum,
  tanh,
  type Tensor,
  tidy,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { traceGraph } from '@unroll/tensorboard-writer/trace';
import type { SummaryWriter } from '@unroll/tensorboard-writer';
import { join } from 'node:path';

/** Steps are a second apart. */
export const wallTimeOf = (step: number): number => 1_700_000_000 + step;

/** Losses that fall, with some noise; exact in float32. The last one of `test` is NaN. */
export const losses = {
  train: curve((step) => 2.2 * Math.exp(-step / 12) + 0.1),
  test: [...curve((step) => 1.9 * Math.exp(-step / 15) + 0.35), NaN],
};

function curve(loss: (step: number) => number): readonly number[] {
  return Array.from({ length: 60 }, (_, step) =>
    Math.fround(loss(step) * (1 + 0.08 * Math.sin(step * 2.3) * Math.cos(step * 0.7))),
  );
}

export const weights = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * (i % 7));

/** A ramp of red and green over blue, 8 wide and 6 high. */
export const picture = {
  data: Uint8Array.from({ length: 6 * 8 * 3 }, (_, i) => {
    const [pixel, channel] = [Math.trunc(i / 3), i % 3];
    return [(pixel % 8) * 32, Math.trunc(pixel / 8) * 40, 128][channel] ?? 0;
  }),
  shape: [6, 8, 3],
};

/** Half a second of 440 Hz. */
export const tone = Float32Array.from(
  { length: 4000 },
  (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 8000),
);

/** A classifier that is right more often than not. */
export const classified = {
  labels: Array.from({ length: 200 }, (_, i) => i % 2),
  predictions: Array.from({ length: 200 }, (_, i) => 0.5 + 0.35 * Math.sin(i * i) + 0.14 * (i % 2)),
};

export const tetrahedron = {
  vertices: [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  faces: [
    [0, 1, 2],
    [0, 1, 3],
    [0, 2, 3],
    [1, 2, 3],
  ],
  colors: [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 0],
  ],
};

export const points = {
  data: Float32Array.from({ length: 30 * 4 }, (_, i) => Math.cos(i * 1.7)),
  shape: [30, 4],
};

export const names = Array.from({ length: 30 }, (_, i) => `point ${i}`);

export const HISTOGRAMS = 20;

/** Writes two runs, `train` with every kind of data there is, and `test` with a curve. */
export async function writeEveryKind(logdir: string): Promise<void> {
  const train = await openLogdir(join(logdir, 'train'));
  const test = await openLogdir(join(logdir, 'test'));
  writeCurves(train, losses.train);
  writeCurves(test, losses.test);
  train.hparams(
    { cell: 'lstm', learningRate: 0.01, peepholes: true },
    { metrics: ['loss'], wallTime: wallTimeOf(0) },
  );
  test.hparams(
    { cell: 'gru', learningRate: 0.1, peepholes: false },
    { metrics: ['loss'], wallTime: wallTimeOf(0) },
  );
  writeMedia(train);
  await Promise.all([train.close(), test.close()]);
}

function writeCurves(writer: SummaryWriter, values: readonly number[]): void {
  for (const [step, value] of values.entries()) {
    writer.scalar('loss', value, step, {
      wallTime: wallTimeOf(step),
      displayName: 'Loss',
      description: 'Mean cross-entropy of a **batch**.',
    });
  }
}

function writeMedia(writer: SummaryWriter): void {
  const at = (step: number) => ({ wallTime: wallTimeOf(step) });
  for (let step = 0; step < HISTOGRAMS; step++) {
    const spread = weights.map((weight) => weight / (1 + step / 4));
    writer.histogram('weights', spread, step, { buckets: 30, ...at(step) });
  }
  writer.scalars('rates', { fast: 0.1, slow: 0.01 }, 0, at(0));
  writer.image('picture', picture, 0, at(0));
  writer.audio('tone', tone, 0, { sampleRate: 8000, ...at(0) });
  writer.text('notes', '# A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |', 0, at(0));
  writer.prCurve('sevens', classified, 0, { numThresholds: 101, ...at(0) });
  writer.mesh('tetrahedron', shaped(tetrahedron), 0, at(0));
  writer.customScalars({
    Rates: { 'fast and slow': { multiline: ['rates/.*'] } },
  });
  writeGraph(writer);
  writer.embedding('digits', points, 0, { metadata: names });
}

/** A network of two layers and its loss, and what one run of it took. */
function writeGraph(writer: SummaryWriter): void {
  tidy(() => {
    const x = zeros([2, 28]);
    const y = zeros([2, 10]);
    const variables = {
      'hidden/kernel': variable(zeros([28, 31])),
      'hidden/bias': variable(zeros([31])),
      'dense/kernel': variable(zeros([31, 10])),
      'dense/bias': variable(zeros([10])),
    };
    const dense = (name: 'hidden' | 'dense', input: Tensor): Tensor =>
      add(matMul(input, variables[`${name}/kernel`]), variables[`${name}/bias`]);
    const { nodes, stats } = traceGraph(
      () => {
        const h = tidy('hidden', () => tanh(dense('hidden', x)));
        const p = tidy('dense', () => softmax(dense('dense', h)));
        return tidy('loss', () => mean(neg(sum(mul(y, log(p)), 1))));
      },
      { inputs: { x, y }, variables, batchSize: 2 },
    );
    writer.graph(nodes, { wallTime: wallTimeOf(0) });
    writer.runMetadata('step 0', stats, 0, { wallTime: wallTimeOf(0) });
    for (const weight of Object.values(variables)) weight.dispose();
  });
}

/** Rows of three numbers as the writer takes them. */
function shaped({ vertices, faces, colors }: typeof tetrahedron) {
  const of = (rows: readonly (readonly number[])[]) => ({
    data: rows.flat(),
    shape: [rows.length, 3],
  });
  return { vertices: of(vertices), faces: of(faces), colors: of(colors) };
}
