import protobufjs from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { layout } from '../src/messages/custom-scalars-layout.js';
import { event, type Event } from '../src/messages/event.js';
import { hparamsPluginData } from '../src/messages/hparams-plugin-data.js';
import { audioPluginData, meshPluginData, prCurvePluginData } from '../src/messages/plugin-data.js';
import { decodeMessage } from '../src/protobuf/decode-message.js';
import { encodeMessage } from '../src/protobuf/encode-message.js';
import type { Field, Init, MessageType } from '../src/protobuf/message-type.js';

const protos = new URL('../proto/', import.meta.url);

function loadProtos(...files: string[]): protobufjs.Root {
  const root = new protobufjs.Root();
  root.resolvePath = (_, target) => new URL(target, protos).pathname;
  root.loadSync(files).resolveAll();
  return root;
}

/** A message and all that it holds, each once. */
function withNested(type: MessageType<object>, seen = new Set<MessageType<object>>()) {
  if (seen.has(type)) return seen;
  seen.add(type);
  for (const [, field] of type.fields) {
    if (typeof field.type === 'function') withNested(field.type(), seen);
  }
  return seen;
}

/** What a field is, in words that both sides have. */
function describeField({ number, cardinality, type }: Field) {
  const kind = typeof type === 'function' ? type().name : type;
  return `${number} ${cardinality} ${kind}`;
}

function describeProtoField(field: protobufjs.Field) {
  const type =
    field.resolvedType instanceof protobufjs.Enum
      ? 'int32'
      : (field.resolvedType?.fullName.replace('.unroll.tensorboard.', '') ?? field.type);
  const optional = field.partOf !== null || field.resolvedType instanceof protobufjs.Type;
  const cardinality =
    field instanceof protobufjs.MapField
      ? 'map'
      : field.repeated
        ? 'repeated'
        : optional
          ? 'optional'
          : 'implicit';
  return `${field.id} ${cardinality} ${type}`;
}

const root = loadProtos(
  'event.proto',
  'plugin-data.proto',
  'hparams.proto',
  'custom-scalars.proto',
);

/** All that event files hold, and what plugins keep in bytes within. */
const roots = [
  event,
  audioPluginData,
  prCurvePluginData,
  meshPluginData,
  hparamsPluginData,
  layout,
] as MessageType<object>[];

describe('the messages in src/messages and the .proto files', () => {
  test.each(roots.flatMap((type) => [...withNested(type)]))(
    'have the same fields in $name',
    (type) => {
      const ours = Object.fromEntries(
        type.fields.map(([name, field]) => [name, describeField(field)]),
      );
      const theirs = root.lookupType(`unroll.tensorboard.${type.name}`).fieldsArray;
      expect(ours).toEqual(
        Object.fromEntries(theirs.map((field) => [field.name, describeProtoField(field)])),
      );
    },
  );
});

const full: Init<Event> = {
  wallTime: 1.5,
  step: 2 ** 40,
  summary: {
    value: [
      { tag: 'zero', simpleValue: 0 },
      {
        tag: 'tensor',
        tensor: {
          dtype: 1,
          tensorShape: { dim: [{ size: 2 }, { size: -1, name: 'batch' }] },
          floatVal: Float32Array.of(1, -0, NaN),
          stringVal: [new Uint8Array(), Uint8Array.of(1, 2)],
          boolVal: [true, false],
          int64Val: [-1, 2 ** 53 - 1],
        },
        metadata: { pluginData: { pluginName: 'scalars' }, dataClass: 1 },
      },
      { tag: 'histogram', histo: { min: -0, bucketLimit: [1, Infinity], bucket: [2, 3] } },
    ],
  },
};

describe('encodeMessage', () => {
  test('makes bytes that protobufjs reads as the same values', () => {
    const type = root.lookupType('unroll.tensorboard.Event');
    const read = type.toObject(type.decode(encodeMessage(event, full)), { longs: Number });
    expect(read).toEqual({
      ...full,
      summary: {
        value: [
          full.summary?.value?.[0],
          {
            tag: 'tensor',
            tensor: {
              dtype: 1,
              tensorShape: { dim: [{ size: 2 }, { size: -1, name: 'batch' }] },
              floatVal: [1, -0, NaN],
              stringVal: [new Uint8Array(), Uint8Array.of(1, 2)],
              boolVal: [true, false],
              int64Val: [-1, 2 ** 53 - 1],
            },
            metadata: { pluginData: { pluginName: 'scalars' }, dataClass: 1 },
          },
          full.summary?.value?.[2],
        ],
      },
    });
  });
});

describe('decodeMessage', () => {
  test('gives back what was encoded, with the defaults of what was left out', () => {
    const decoded = decodeMessage(event, encodeMessage(event, full));
    expect(decoded).toMatchObject({ wallTime: 1.5, step: 2 ** 40 });
    const [zero, tensor, histogram] = decoded.summary?.value ?? [];
    expect(zero).toEqual({ tag: 'zero', simpleValue: 0, nodeName: '' });
    expect(tensor?.tensor).toEqual({
      dtype: 1,
      tensorShape: {
        dim: [
          { size: 2, name: '' },
          { size: -1, name: 'batch' },
        ],
        unknownRank: false,
      },
      tensorContent: new Uint8Array(),
      floatVal: [1, -0, NaN],
      doubleVal: [],
      intVal: [],
      stringVal: [new Uint8Array(), Uint8Array.of(1, 2)],
      int64Val: [-1, 2 ** 53 - 1],
      boolVal: [true, false],
    });
    expect(histogram?.histo).toMatchObject({ min: -0, bucketLimit: [1, Infinity], bucket: [2, 3] });
  });

  test('reads numbers that are not packed, and skips fields that it does not know', () => {
    // histo { bucket: 1.0, not packed; field 99: 'x' }
    const bucket = [0x39, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
    const unknown = [0x9a, 0x06, 1, 0x78];
    const histo = [0x2a, bucket.length + unknown.length, ...bucket, ...unknown];
    const value = [0x0a, histo.length, ...histo];
    const bytes = Uint8Array.of(0x2a, value.length, ...value);
    expect(decodeMessage(event, bytes).summary?.value[0]?.histo?.bucket).toEqual([1]);
  });
});
