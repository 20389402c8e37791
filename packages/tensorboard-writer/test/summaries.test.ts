import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { hparamsPluginData } from '../src/messages/hparams-plugin-data.js';
import type { SummaryValue } from '../src/messages/summary.js';
import { decodeMessage } from '../src/protobuf/decode-message.js';
import { decodeEvents, elementsOf } from './decode-events.js';
import { MemorySink } from './memory-sink.js';

let sink: MemorySink;
let writer: SummaryWriter;

beforeEach(() => {
  sink = new MemorySink();
  writer = new SummaryWriter(sink);
});

afterEach(() => {
  vi.useRealTimers();
});

async function values(): Promise<SummaryValue[]> {
  await writer.close();
  return decodeEvents(sink.bytes).flatMap(({ summary }) => summary?.value ?? []);
}

function hparamsOf({ metadata }: SummaryValue) {
  return decodeMessage(hparamsPluginData, metadata?.pluginData?.content ?? new Uint8Array());
}

describe('SummaryWriter.scalar', () => {
  test('stands beside its name and description, with the data class that the fast loader asks for', async () => {
    writer.scalar('loss', 0.5, 0, { displayName: 'Loss', description: 'of *all*' });
    expect(await values()).toEqual([
      {
        tag: 'loss',
        simpleValue: 0.5,
        nodeName: '',
        metadata: {
          pluginData: { pluginName: 'scalars', content: new Uint8Array() },
          displayName: 'Loss',
          summaryDescription: 'of *all*',
          dataClass: 1,
        },
      },
    ]);
  });
});

describe('SummaryWriter.scalars', () => {
  test('writes all of one step in one event', async () => {
    writer.scalars('loss', { train: 0.5, validation: 0.25 }, 7, { wallTime: 1 });
    await writer.close();
    const [, only, ...others] = decodeEvents(sink.bytes);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ step: 7, wallTime: 1 });
    expect(only?.summary?.value).toMatchObject([
      { tag: 'loss/train', simpleValue: 0.5 },
      { tag: 'loss/validation', simpleValue: 0.25 },
    ]);
  });
});

describe('SummaryWriter.histogram', () => {
  test('counts a value on an edge right of it, and the largest in the last bucket', async () => {
    writer.histogram('h', [0, 1, 2, 2], 0, { buckets: 2 });
    const [value] = await values();
    expect(value?.tensor && elementsOf(value.tensor)).toEqual([0, 1, 1, 1, 2, 3]);
  });

  test('does not count twice what is there twice, in ten million values', async () => {
    const data = new Float32Array(1e7).fill(0.5, 0, 9e6);
    writer.histogram('h', data, 0, { buckets: 2 });
    const [value] = await values();
    expect(value?.tensor && elementsOf(value.tensor)).toEqual([0, 0.25, 1e6, 0.25, 0.5, 9e6]);
  });
});

describe('SummaryWriter.histogramRaw', () => {
  test('writes the counts between the edges', async () => {
    writer.histogramRaw('h', { edges: [0, 1, 10], counts: Int32Array.of(3, 4) }, 0);
    const [value] = await values();
    expect(value?.metadata?.pluginData?.pluginName).toBe('histograms');
    expect(value?.tensor && elementsOf(value.tensor)).toEqual([0, 1, 3, 1, 10, 4]);
  });
});

describe('SummaryWriter.runMetadata', () => {
  test('writes the bytes under the tag', async () => {
    const bytes = Buffer.from('x12').subarray(1);
    writer.runMetadata('step 1', bytes, 1, { wallTime: 2 });
    bytes.fill(0);
    await writer.close();
    expect(decodeEvents(sink.bytes)[1]).toEqual({
      wallTime: 2,
      step: 1,
      taggedRunMetadata: { tag: 'step 1', runMetadata: Uint8Array.of(0x31, 0x32) },
    });
  });
});

describe('SummaryWriter.hparams', () => {
  test('writes the row of the run, and at the close that it succeeded', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_500 });
    writer.hparams({ lr: 0.1, cell: 'lstm', dropout: false });
    vi.setSystemTime(1_700_000_009_000);
    const [start, end, ...others] = await values();
    expect(others).toEqual([]);
    expect(start?.tag).toBe('_hparams_/session_start_info');
    expect(start && hparamsOf(start)).toEqual({
      sessionStartInfo: {
        hparams: new Map([
          ['cell', { stringValue: 'lstm' }],
          ['dropout', { boolValue: false }],
          ['lr', { numberValue: 0.1 }],
        ]),
        groupName: '',
        startTimeSecs: 1_700_000_000.5,
      },
    });
    expect(end?.tag).toBe('_hparams_/session_end_info');
    expect(end && hparamsOf(end)).toEqual({
      sessionEndInfo: { status: 1, endTimeSecs: 1_700_000_009 },
    });
  });

  test('says nothing of success at the close where the run was said to fail', async () => {
    writer.hparams({ lr: 0.1 });
    writer.endSession('failure', { wallTime: 5 });
    const [, end, ...others] = await values();
    expect(others).toEqual([]);
    expect(end && hparamsOf(end)).toEqual({ sessionEndInfo: { status: 2, endTimeSecs: 5 } });
  });

  test('writes final values of metrics along, as scalars', async () => {
    writer.hparams({ lr: 0.1 }, { metrics: { accuracy: 0.98, loss: 0.1 }, step: 9 });
    await writer.close();
    const [, event] = decodeEvents(sink.bytes);
    expect(event?.step).toBe(9);
    const [experiment, , accuracy, loss] = event?.summary?.value ?? [];
    expect(experiment && hparamsOf(experiment).experiment).toMatchObject({
      hparamInfos: [{ name: 'lr', type: 3 }],
      metricInfos: [{ name: { tag: 'accuracy' } }, { name: { tag: 'loss' } }],
    });
    expect([accuracy, loss]).toMatchObject([
      { tag: 'accuracy', simpleValue: Math.fround(0.98) },
      { tag: 'loss', simpleValue: Math.fround(0.1) },
    ]);
  });

  test('is not told to have ended on a sink that failed', async () => {
    writer.hparams({ lr: 0.1 });
    sink.failing = { operation: 'write', error: new Error('disk full') };
    await expect(writer.flush()).rejects.toThrow('disk full');
    await expect(writer.close()).rejects.toThrow('disk full');
    expect(sink.writes).toEqual([]);
  });
});
