import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { describeWithPython, python } from '@unroll/testing/python';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { type GraphTrace, traceGraph } from '@unroll/tensorboard-writer/trace';
import { type Loader, TensorBoardServer } from './tensorboard-server.js';

const loaders: readonly Loader[] = ['fast', 'slow'];
const tag = 'step 3';

/** What read_graph.py prints. */
interface PythonGraph {
  readonly graph: { readonly node: readonly { name: string; op: string; input?: string[] }[] };
  readonly graphText: string;
  readonly runs: Readonly<
    Record<string, { stepStats: { devStats: { device: string; nodeStats: NodeStats[] }[] } }>
  >;
  readonly runTexts: Readonly<Record<string, string>>;
}

interface NodeStats {
  readonly nodeName: string;
  readonly allEndRelMicros: string;
  readonly memory?: readonly { totalBytes: string }[];
}

describeWithPython('a graph', ['tensorboard', 'tensorboard_data_server'], () => {
  const logdir = mkdtempSync(join(tmpdir(), 'unroll-graph-'));
  let trace: GraphTrace;
  let read: PythonGraph;

  beforeAll(async () => {
    trace = await traceStep();
    const writer = await openLogdir(join(logdir, 'train'));
    writer.graph(trace.nodes);
    writer.runMetadata(tag, trace.stats, 3);
    await writer.close();
    const script = new URL('read_graph.py', import.meta.url).pathname;
    const { stdout, stderr, status } = spawnSync(python, [script, join(logdir, 'train')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(stderr);
    read = JSON.parse(stdout) as PythonGraph;
  }, 90_000);

  afterAll(() => {
    rmSync(logdir, { recursive: true });
  });

  test('and what a run of it took is what EventAccumulator reads', () => {
    expect(read.graph.node.map(({ name, op, input = [] }) => ({ name, op, input }))).toEqual(
      trace.nodes.map(({ name, op, inputs }) => ({ name, op, input: inputs })),
    );
    const [cpu] = read.runs[tag]!.stepStats.devStats;
    expect(cpu!.device).toBe('/device:CPU:0');
    expect(
      cpu!.nodeStats.map(({ nodeName, allEndRelMicros, memory }) => [
        nodeName,
        Number(allEndRelMicros),
        Number(memory?.[0]?.totalBytes),
      ]),
    ).toEqual(
      trace.stats.map(({ name, micros, bytes }) => [name, Math.max(1, Math.round(micros)), bytes]),
    );
  });

  describe.each(loaders)('in a running TensorBoard with its %s loader', (loader) => {
    let server: TensorBoardServer;

    beforeAll(async () => {
      server = await TensorBoardServer.start(python, logdir, loader, 1);
    }, 300_000);

    afterAll(() => server.stop());

    test('is there, and what a run of it took', async () => {
      expect(await server.json('/data/plugin/graphs/info')).toEqual({
        train: {
          run: 'train',
          run_graph: true,
          tags: { [tag]: { tag, conceptual_graph: false, op_graph: false, profile: true } },
        },
      });
    }, 60_000);

    test('is served as EventAccumulator reads it', async () => {
      const graph = await server.get('/data/plugin/graphs/graph', { run: 'train' });
      expect(await graph.text()).toBe(read.graphText);
      const run = await server.get('/data/plugin/graphs/run_metadata', { run: 'train', tag });
      expect(await run.text()).toBe(read.runTexts[tag]);
    }, 60_000);
  });
});

/** A step of gradient descent. */
async function traceStep(): Promise<GraphTrace> {
  await tf.setBackend('cpu');
  const x = tf.ones([2, 4]);
  const kernel = tf.variable(tf.ones([4, 3]), true, 'dense/kernel');
  const step = () => {
    const { value, grads } = tf.variableGrads(() =>
      tf.tidy('loss', () => tf.mean<tf.Scalar>(tf.softmax(tf.matMul(x, kernel)))),
    );
    tf.tidy('update', () => kernel.assign(tf.sub(kernel, grads['dense/kernel']!)));
    return value;
  };
  const trace = traceGraph(step, { inputs: { x }, batchSize: 2 });
  tf.dispose([x, kernel]);
  return trace;
}
