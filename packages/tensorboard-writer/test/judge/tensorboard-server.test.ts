import { decode } from 'fast-png';
import { describeWithPython, python } from '@unroll/testing/python';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  classified,
  HISTOGRAMS,
  losses,
  names,
  picture,
  points,
  tetrahedron,
  tone,
  wallTimeOf,
  weights,
  writeEveryKind,
} from './every-kind.js';
import { type Loader, TensorBoardServer } from './tensorboard-server.js';

const loaders: readonly Loader[] = ['fast', 'slow'];
const modules = ['tensorboard', 'tensorboard_data_server'];

describeWithPython('a running TensorBoard', modules, () => {
  const logdir = mkdtempSync(join(tmpdir(), 'unroll-tensorboard-'));

  beforeAll(async () => {
    await writeEveryKind(logdir);
  });

  afterAll(() => {
    rmSync(logdir, { recursive: true });
  });

  describe.each(loaders)('with its %s loader', (loader) => {
    let server: TensorBoardServer;

    beforeAll(async () => {
      server = await TensorBoardServer.start(python, logdir, loader, 2);
    }, 300_000);

    afterAll(() => server.stop());

    /** What a plugin says of a tag of the run `train`. */
    function ofTrain(path: string, tag: string, query: Record<string, string> = {}) {
      return server.json(`/data/plugin/${path}`, { run: 'train', tag, ...query });
    }

    /** A file that a plugin serves by a key, as its page asks for it. */
    async function blob(plugin: string, tag: string): Promise<{ item: Item; bytes: Uint8Array }> {
      const [item] = (await ofTrain(`${plugin}/${plugin}`, tag, { sample: '0' })) as Item[];
      const individual = plugin === 'images' ? 'individualImage' : 'individualAudio';
      const query = Object.fromEntries(new URLSearchParams(item?.query));
      const bytes = await server.bytes(`/data/plugin/${plugin}/${individual}`, query);
      return { item: item ?? { step: -1, wall_time: -1, query: '' }, bytes };
    }

    test('shows two directories as two runs with a curve each', async () => {
      expect(((await server.json('/data/runs')) as string[]).toSorted()).toEqual(['test', 'train']);
      const [train, others] = [losses.train, losses.test.map((loss) => loss || 'NaN')];
      for (const [run, values] of Object.entries({ train, test: others })) {
        const curve = await server.json('/data/plugin/scalars/scalars', { run, tag: 'loss' });
        expect(curve).toEqual(values.map((value, step) => [wallTimeOf(step), step, value]));
      }
    });

    test('shows the display name and the description of a curve', async () => {
      const tags = (await server.json('/data/plugin/scalars/tags')) as Tags;
      expect(tags['train']?.['loss']).toEqual({
        displayName: 'Loss',
        description: '<p>Mean cross-entropy of a <strong>batch</strong>.</p>',
      });
      expect(Object.keys(tags['train'] ?? {}).toSorted()).toEqual([
        'loss',
        'rates/fast',
        'rates/slow',
      ]);
    });

    test('shows histograms whose buckets hold all values', async () => {
      const histograms = (await ofTrain('histograms/histograms', 'weights')) as Histogram[];
      expect(histograms.map(([wallTime, step]) => [wallTime, step])).toEqual(
        Array.from({ length: HISTOGRAMS }, (_, step) => [wallTimeOf(step), step]),
      );
      const [, , buckets] = histograms[4] ?? [0, 0, []];
      expect(buckets.length).toBe(30);
      expect(buckets[0]?.[0]).toBe(Math.min(...weights) / 2);
      expect(buckets.at(-1)?.[1]).toBe(Math.max(...weights) / 2);
      for (const [left, right, count] of buckets) {
        const isLast = right === buckets.at(-1)?.[1];
        const inside = weights.filter((weight) => {
          const half = Math.fround(weight / 2);
          return half >= left && (half < right || (isLast && half <= right));
        });
        expect(count).toBe(inside.length);
      }
    });

    test('shows an image with every pixel of it', async () => {
      const { item, bytes } = await blob('images', 'picture');
      expect([item.step, item.wall_time]).toEqual([0, wallTimeOf(0)]);
      const { width, height, channels, data } = decode(bytes);
      expect([height, width, channels]).toEqual(picture.shape);
      expect([...data]).toEqual([...picture.data]);
    });

    test('plays a sound with every sample of it', async () => {
      const { item, bytes } = await blob('audio', 'tone');
      expect(item.contentType).toBe('audio/wav');
      const view = new DataView(bytes.buffer);
      expect(view.getUint32(24, true)).toBe(8000);
      const samples = Array.from(tone, (_, i) => view.getInt16(44 + 2 * i, true));
      expect(samples.length * 2 + 44).toBe(bytes.length);
      for (const [i, sample] of samples.entries()) {
        expect(Math.abs(sample / 32767 - Number(tone[i]))).toBeLessThan(1 / 32767);
      }
    });

    test('shows Markdown as a page', async () => {
      const [{ text } = { text: '' }] = (await ofTrain('text/text', 'notes')) as { text: string }[];
      expect(text).toContain('<h1>A heading</h1>');
      expect(text).toContain('<th>b</th>');
    });

    test('shows a precision-recall curve', async () => {
      const curves = (await ofTrain('pr_curves/pr_curves', 'sevens')) as { train: PRCurve[] };
      const [curve] = curves.train;
      const counted = countAt(0.4);
      expect(counted.falsePositives).toBeGreaterThan(0);
      expect(curve?.true_positives[40]).toBe(counted.truePositives);
      expect(curve?.false_positives[40]).toBe(counted.falsePositives);
      expect(curve?.precision[40]).toBeCloseTo(
        counted.truePositives / (counted.truePositives + counted.falsePositives),
        6,
      );
    });

    test('shows a mesh with its faces and colors', async () => {
      const query = { tag: 'tetrahedron', run: 'train', sample: '0', step: '0' };
      const part = (content_type: string) =>
        server.bytes('/data/plugin/mesh/data', { ...query, content_type });
      const [vertices, faces, colors] = await Promise.all(['VERTEX', 'FACE', 'COLOR'].map(part));
      expect([...new Float32Array(vertices?.buffer ?? new ArrayBuffer())]).toEqual(
        tetrahedron.vertices.flat(),
      );
      expect([...new Int32Array(faces?.buffer ?? new ArrayBuffer())]).toEqual(
        tetrahedron.faces.flat(),
      );
      expect([...(colors ?? [])]).toEqual(tetrahedron.colors.flat());
    });

    test('shows a table of hyperparameters with a row for each run', async () => {
      const experiment = (await server.post('/data/plugin/hparams/experiment', {})) as {
        hparamInfos: { name: string; type: string }[];
        metricInfos: { name: { tag: string } }[];
      };
      const types = experiment.hparamInfos.map(({ name, type }) => `${name} ${type}`);
      expect(types.toSorted()).toEqual([
        'cell DATA_TYPE_STRING',
        'learningRate DATA_TYPE_FLOAT64',
        'peepholes DATA_TYPE_BOOL',
      ]);
      expect(experiment.metricInfos.map(({ name }) => name.tag)).toEqual(['loss']);
      const { sessionGroups } = (await server.post('/data/plugin/hparams/session_groups', {
        allowedStatuses: ['STATUS_UNKNOWN', 'STATUS_SUCCESS', 'STATUS_FAILURE', 'STATUS_RUNNING'],
        startIndex: 0,
        sliceSize: 10,
      })) as { sessionGroups: SessionGroup[] };
      const rows = Object.fromEntries(sessionGroups.map((group) => [group.name, group]));
      expect(rows['train']?.hparams).toEqual({ cell: 'lstm', learningRate: 0.01, peepholes: true });
      expect(rows['test']?.hparams).toEqual({ cell: 'gru', learningRate: 0.1, peepholes: false });
      expect(rows['train']?.metricValues[0]?.value).toBe(losses.train.at(-1));
      expect(rows['train']?.sessions.map(({ status }) => status)).toEqual(['STATUS_SUCCESS']);
    });

    test('draws several curves in one chart', async () => {
      expect(await server.json('/data/plugin/custom_scalars/layout')).toMatchObject({
        category: [
          {
            title: 'Rates',
            chart: [{ title: 'fast and slow', multiline: { tag: ['rates/.*'] } }],
          },
        ],
      });
    });

    test('shows a graph, and what a run of it took', async () => {
      expect(await server.json('/data/plugin/graphs/info')).toMatchObject({
        train: { run_graph: true, tags: { 'step 0': { profile: true } } },
      });
      const graph = await server.get('/data/plugin/graphs/graph', { run: 'train' });
      const nodes = [...(await graph.text()).matchAll(/^  name: "(.*)"$/gm)].map((line) => line[1]);
      expect(nodes).toContain('hidden/Tanh');
      expect(nodes).toContain('dense/kernel');
    });

    test('shows points in the projector with their labels', async () => {
      const info = (await server.json('/data/plugin/projector/info', { run: 'train' })) as {
        embeddings: { tensorName: string; tensorShape: number[] }[];
      };
      expect(info.embeddings.map(({ tensorShape }) => tensorShape)).toEqual([points.shape]);
      const query = { run: 'train', name: info.embeddings[0]?.tensorName ?? '' };
      const bytes = await server.bytes('/data/plugin/projector/tensor', query);
      expect([...new Float32Array(bytes.buffer)]).toEqual([...points.data]);
      const metadata = await server.get('/data/plugin/projector/metadata', query);
      expect((await metadata.text()).trimEnd().split('\n')).toEqual(names);
    });
  });
});

interface Item {
  readonly step: number;
  readonly wall_time: number;
  readonly query: string;
  readonly contentType?: string;
}

type Tags = Readonly<Record<string, Readonly<Record<string, object>>>>;

type Histogram = [
  wallTime: number,
  step: number,
  buckets: [left: number, right: number, count: number][],
];

interface PRCurve {
  readonly true_positives: readonly number[];
  readonly false_positives: readonly number[];
  readonly precision: readonly number[];
}

interface SessionGroup {
  readonly name: string;
  readonly hparams: object;
  readonly metricValues: readonly { readonly value: number }[];
  readonly sessions: readonly { readonly status: string }[];
}

function countAt(threshold: number): { truePositives: number; falsePositives: number } {
  const { labels, predictions } = classified;
  const positives = labels.filter((_, i) => Number(predictions[i]) >= threshold);
  const truePositives = positives.filter((label) => label === 1).length;
  return { truePositives, falsePositives: positives.length - truePositives };
}
