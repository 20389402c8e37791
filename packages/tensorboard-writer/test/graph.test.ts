import { describe, expect, test } from 'vitest';
import { type GraphNode, type NodeStats, SummaryWriter } from '@unroll/tensorboard-writer';
import golden from './goldens/graph.json' with { type: 'json' };
import { MemorySink } from './memory-sink.js';
import { readRecords } from './read-events.js';

/** The events that are written after the first one, in hexadecimal. */
async function written(write: (writer: SummaryWriter) => void): Promise<string[]> {
  const sink = new MemorySink();
  const writer = new SummaryWriter(sink);
  write(writer);
  await writer.close();
  return readRecords(sink.bytes)
    .slice(1)
    .map((data) => Buffer.from(data).toString('hex'));
}

const nodes = golden.nodes as unknown as readonly GraphNode[];
const stats = golden.stats as readonly NodeStats[];
const { wallTime, tag, step, events } = golden;

describe("TensorBoard's own Python messages (test/goldens/make_graph.py)", () => {
  test('have a graph and a run of it in the same bytes as we do', async () => {
    const ours = await written((writer) => {
      writer.graph(nodes, { wallTime });
      writer.runMetadata(tag, stats, step, { wallTime });
    });
    expect(ours).toEqual(events);
  });
});

describe('SummaryWriter', () => {
  test('writes bytes of a graph and of a run as they are', async () => {
    const [graph, run] = await written((writer) => {
      writer.graph(Uint8Array.of(1, 2, 3), { wallTime });
      writer.runMetadata('a', Uint8Array.of(4, 5), 9, { wallTime });
    });
    const time = Buffer.from(new Float64Array([wallTime]).buffer).toString('hex');
    expect(graph).toBe(`09${time}2203010203`);
    expect(run).toBe(`09${time}100942070a016112020405`);
  });
});

/** A node that is right but for `other`. */
const node = (other: object) => ({ name: 'a', op: 'Const', ...other });

describe('what SummaryWriter.graph refuses', () => {
  const rangeError = (message: string) => new RangeError(`SummaryWriter.graph: ${message}`);
  const typeError = (message: string) => new TypeError(`SummaryWriter.graph: ${message}`);
  const bad: [nodes: unknown, error: Error][] = [
    ['graph', typeError('expected an array of nodes, or bytes, got "graph"')],
    [[undefined], typeError('nodes[0]: expected a node, got undefined')],
    [
      [node({ name: 1 })],
      typeError('nodes[0]: name: expected a name of letters, digits and _ . - / > \\, got 1'),
    ],
    [
      [node({ name: 'a b' })],
      rangeError('nodes[0]: name: expected a name of letters, digits and _ . - / > \\, got "a b"'),
    ],
    [[node({ op: '' })], rangeError('nodes[0]: op: expected a non-empty string, got ""')],
    [
      [node({}), node({ name: 'b' }), node({})],
      rangeError('nodes[2]: expected a name of its own, got that of nodes[0], "a"'),
    ],
    [
      [node({ inputs: ['b'] })],
      rangeError('nodes[0] (a): inputs[0]: expected the name of a node, got "b"'),
    ],
    [
      [node({ inputs: ['a', '^b'] })],
      rangeError('nodes[0] (a): inputs[1]: expected the name of a node, got "^b"'),
    ],
    [
      [node({ inputs: ['a:x'] })],
      rangeError('nodes[0] (a): inputs[0]: expected name, name:output or ^name, got "a:x"'),
    ],
    [
      [node({ inputs: ['^a:1'] })],
      rangeError('nodes[0] (a): inputs[0]: expected name, name:output or ^name, got "^a:1"'),
    ],
    [
      [node({ inputs: [0] })],
      typeError('nodes[0] (a): inputs[0]: expected name, name:output or ^name, got 0'),
    ],
    [
      [node({ attributes: { T: { dtype: 'float' } } })],
      rangeError(
        'nodes[0] (a): attributes.T: expected one of float32, float64, int32, uint8, int16, int8, string, complex64, int64, bool, bfloat16, float16, resource, variant, got "float"',
      ),
    ],
    [
      [node({ attributes: { shape: { shape: [2, -1] } } })],
      rangeError(
        'nodes[0] (a): attributes.shape[1]: expected a whole number from 0, or null, got -1',
      ),
    ],
    [
      [node({ attributes: { shape: { shape: 2 } } })],
      typeError('nodes[0] (a): attributes.shape: expected an array of sizes, or null, got 2'),
    ],
    [
      [node({ attributes: { many: [1, 'a'] } })],
      typeError('nodes[0] (a): attributes.many: expected values of one kind, got i and s'),
    ],
    [
      [node({ attributes: { x: { shape: [], dtype: 'int32' } } })],
      typeError(
        'nodes[0] (a): attributes.x: expected a boolean, number, string, bytes, or an object of float, dtype, shape, tensor or func, got an object',
      ),
    ],
    [
      [node({ attributes: { x: { tensor: { dtype: 'int32', shape: [2], values: [1] } } } })],
      rangeError('nodes[0] (a): attributes.x: values: expected 2, got 1'),
    ],
    [
      [node({ attributes: { x: { tensor: { dtype: 'bool', shape: [1], values: [1] } } } })],
      typeError('nodes[0] (a): attributes.x: values[0]: expected a boolean, got 1'),
    ],
    [
      [node({ inputs: 'b' })],
      typeError('nodes[0] (a): inputs: expected an array of names, got "b"'),
    ],
    [
      [node({ attributes: null })],
      typeError('nodes[0] (a): attributes: expected an object, got null'),
    ],
    [
      [node({ attributes: { x: { tensor: { dtype: 'float16', shape: [1], values: [1] } } } })],
      rangeError('nodes[0] (a): attributes.x: values: expected none for float16, got 1'),
    ],
  ];

  test.each(bad)('%o', async (graph, error) => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const refused = (): void => writer.graph(graph as GraphNode[]);
    expect(refused).toThrow(error);
    await writer.close();
    expect(sink.events).toHaveLength(1);
  });
});

describe('what SummaryWriter.runMetadata refuses', () => {
  const rangeError = (message: string) => new RangeError(`SummaryWriter.runMetadata: ${message}`);
  const typeError = (message: string) => new TypeError(`SummaryWriter.runMetadata: ${message}`);
  const right = [{ name: 'a', micros: 1 }];
  const bad: [args: unknown[], error: Error][] = [
    [['', right, 0], rangeError('tag: expected a non-empty string, got ""')],
    [['a', {}, 0], typeError('stats: expected an array, or bytes, got an object')],
    [['a', right, -1], rangeError('step: expected a non-negative safe integer, got -1')],
    [
      ['a', [{ micros: 1 }], 0],
      typeError('stats[0]: name: expected a non-empty string, got undefined'),
    ],
    [
      ['a', [...right, { name: 'b', micros: -1 }], 0],
      rangeError('stats[1]: micros: expected a number from 0 to 2^53 - 1, got -1'),
    ],
    [
      ['a', [{ name: 'a', micros: 1, bytes: '9' }], 0],
      typeError('stats[0]: bytes: expected a number from 0 to 2^53 - 1, got "9"'),
    ],
  ];

  test.each(bad)('%o', async (args, error) => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const runMetadata = writer.runMetadata.bind(writer) as (...args: unknown[]) => void;
    expect(() => runMetadata(...args)).toThrow(error);
    await writer.close();
    expect(sink.events).toHaveLength(1);
  });

  test('anything on a closed writer', async () => {
    const writer = new SummaryWriter(new MemorySink());
    await writer.close();
    const closed = 'expected an open writer, got a closed one';
    expect(() => writer.graph([])).toThrow(`SummaryWriter.graph: ${closed}`);
    expect(() => writer.runMetadata('a', [], 0)).toThrow(`SummaryWriter.runMetadata: ${closed}`);
  });
});
