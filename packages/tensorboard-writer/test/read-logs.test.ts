import {
  type LoggedSummary,
  type ScalarSeries,
  type TensorValue,
} from '@unroll/tensorboard-writer';
import { readScalars, readSummaries } from '@unroll/tensorboard-writer/node';
import { describe, expect, test } from 'vitest';
import { collect } from './collect.js';
import {
  type GoldenCurves,
  goldenNumber,
  type GoldenValue,
  logs,
  logsFolder,
} from './logs-golden.js';

const utf8 = new TextEncoder();

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A summary the way TensorFlow 2 has it. */
function contentOf(summary: LoggedSummary): Pick<GoldenValue, 'shape' | 'elements'> {
  switch (summary.kind) {
    case 'scalar':
      return { shape: [], elements: [goldenNumber(summary.value)] };
    case 'histogram': {
      const { lefts, rights, counts } = summary;
      const rows = Array.from(counts, (count, i) => [lefts[i]!, rights[i]!, count]);
      return { shape: [rows.length, 3], elements: rows.flat().map(goldenNumber) };
    }
    case 'image': {
      const { width, height, images } = summary;
      const size = [`${width}`, `${height}`].map((digits) => utf8.encode(digits));
      const elements = [...size, ...images].map(base64);
      return { shape: [elements.length], elements };
    }
    case 'audio':
      return { shape: [summary.clips.length], elements: summary.clips.map(base64) };
    case 'text':
      return {
        shape: summary.shape,
        elements: summary.texts.map((text) => base64(utf8.encode(text))),
      };
    case 'tensor':
      return { shape: summary.tensor.shape, elements: elementsOf(summary.tensor) };
    default:
      // hparams: TensorBoard's loader gives them a tensor of nothing.
      return { shape: [0], elements: [] };
  }
}

function elementsOf({ dtype, data }: TensorValue): GoldenValue['elements'] {
  return dtype === 'string' ? data.map(base64) : Array.from(data, goldenNumber);
}

const PLUGINS: Readonly<Record<string, string>> = {
  scalar: 'scalars',
  histogram: 'histograms',
  image: 'images',
  audio: 'audio',
};

/** TensorBoard makes float32 of a histogram's edges, and gives TensorFlow 1's forms a plugin. */
function asTensorBoardHas(summary: LoggedSummary): GoldenValue {
  const { tag, step, wallTime, kind, plugin } = summary;
  const { shape, elements } = contentOf(summary);
  return {
    tag,
    step,
    wallTime,
    plugin: plugin === '' ? PLUGINS[kind]! : plugin,
    shape,
    elements: kind === 'histogram' ? elements.map((edge) => Math.fround(Number(edge))) : elements,
  };
}

describe("files of TensorBoard's, TensorFlow's and PyTorch's own writers (test/goldens/make_logs.py)", () => {
  test.each(Object.entries(logs.values))(
    'have the same values in %s for us as for TensorBoard',
    async (run, expected) => {
      const summaries = await collect(readSummaries(logsFolder + run));
      expect(summaries.map(asTensorBoardHas)).toEqual(
        expected.filter(({ tag }) => !GRAPH_TAGS.has(tag)),
      );
    },
  );

  test.each(Object.entries(logs.shown))(
    'have the same curves in %s for us as a running TensorBoard shows',
    async (run, expected) => {
      expectCurves((await readScalars(logsFolder)).get(run), expected);
    },
  );

  test.each(Object.entries(logs.accumulated))(
    'have the same curves in %s by the sessions that start as EventAccumulator has',
    async (run, expected) => {
      const curves = await readScalars(logsFolder, { restarts: 'session' });
      expectCurves(curves.get(run), expected);
    },
  );

  test('have all points in the order of the files where a restart takes none back', async () => {
    const curves = (await readScalars(logsFolder, { restarts: 'keep' })).get('restarted');
    const values = logs.values['restarted']!.filter(({ tag }) => tag === 'again');
    expect(pointsOf(curves?.get('again'))).toEqual(
      values.map(({ wallTime, step, elements }) => [wallTime, step, elements[0]]),
    );
  });

  test('tell with which hyperparameters a run was started', async () => {
    const summaries = await collect(readSummaries(`${logsFolder}hparams`));
    expect(summaries.filter(({ kind }) => kind === 'hparams')).toEqual([
      expect.objectContaining({
        tag: '_hparams_/session_start_info',
        hparams: new Map<string, unknown>([
          ['lr', 0.1],
          ['cell', 'lstm'],
        ]),
      }),
    ]);
  });

  test('give a scalar in each type and form of tensor', async () => {
    const curves = (await readScalars(logsFolder)).get('forms');
    expect([...curves!].map(([tag, { values }]) => [tag, ...values])).toEqual(
      logs.values['forms']!.map(({ tag, elements }) => [tag, ...elements]),
    );
  });
});

// TensorBoard makes summaries of an event's graph and run metadata.
const GRAPH_TAGS = new Set(['__run_graph__', 'step1']);

function pointsOf(series: ScalarSeries | undefined): GoldenCurves[string] | undefined {
  if (series === undefined) return undefined;
  const { steps, wallTimes, values } = series;
  return Array.from(steps, (step, i) => [wallTimes[i]!, step, goldenNumber(values[i]!)]);
}

/** Of the tags that TensorBoard has: it does not take every tensor for a scalar. */
function expectCurves(
  curves: ReadonlyMap<string, ScalarSeries> | undefined,
  expected: GoldenCurves,
): void {
  const ours = Object.keys(expected).map((tag) => [tag, pointsOf(curves?.get(tag))]);
  expect(Object.fromEntries(ours)).toEqual(expected);
}
