import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { MemorySink } from './memory-sink.js';

let sink: MemorySink;
let writer: SummaryWriter;

beforeEach(() => {
  sink = new MemorySink();
  writer = new SummaryWriter(sink);
});

function text(name: string): string {
  return new TextDecoder().decode(sink.files.get(name));
}

const vectors = { data: [1, 2, 3, 4, 5, 6], shape: [3, 2] };

describe('SummaryWriter.embedding', () => {
  test('writes the points, and a list of what there is', async () => {
    writer.embedding('words', vectors, 7);
    await writer.close();
    expect([...sink.files.keys()]).toEqual(['projector-words-00007.tsv', 'projector_config.pbtxt']);
    expect(text('projector-words-00007.tsv')).toBe('1\t2\n3\t4\n5\t6\n');
    expect(text('projector_config.pbtxt')).toBe(
      `embeddings {
  tensor_name: "words:00007"
  tensor_path: "projector-words-00007.tsv"
  tensor_shape: 3
  tensor_shape: 2
}
`,
    );
  });

  test('lists all that were written, each once', async () => {
    writer.embedding('words', vectors, 1);
    writer.embedding('words', vectors, 2);
    writer.embedding('words', { data: [9, 8], shape: [1, 2] }, 1);
    await writer.close();
    expect(text('projector_config.pbtxt').match(/tensor_name: .*/g)).toEqual([
      'tensor_name: "words:00001"',
      'tensor_name: "words:00002"',
    ]);
    expect(text('projector-words-00001.tsv')).toBe('9\t8\n');
  });

  test('writes files between the events before and after', async () => {
    writer.scalar('loss', 1, 0);
    writer.embedding('words', vectors, 0);
    await writer.flush();
    expect(sink.calls.slice(-4)).toEqual(['writeFile', 'writeFile', 'write', 'flush']);
    await writer.close();
  });

  test('has no heading over one column of labels, and one over several', async () => {
    writer.embedding('one', vectors, 0, { metadata: ['a', 'b', 'c'] });
    writer.embedding('two', vectors, 0, { metadata: { name: ['a', 'b', 'c'], length: [1, 2, 3] } });
    await writer.close();
    expect(text('projector-one-00000.metadata.tsv')).toBe('a\nb\nc\n');
    expect(text('projector-two-00000.metadata.tsv')).toBe('name\tlength\na\t1\nb\t2\nc\t3\n');
    expect(text('projector_config.pbtxt')).toContain(
      'metadata_path: "projector-two-00000.metadata.tsv"',
    );
  });

  test('keeps a line for each label, whatever is in it', async () => {
    writer.embedding('characters', vectors, 0, { metadata: [' ', 'a\tb', '\r\n'] });
    await writer.close();
    expect(text('projector-characters-00000.metadata.tsv')).toBe('" "\na\\tb\n"\\r\\n"\n');
  });

  test('puts the pictures in a square, row after row', async () => {
    const images = { data: Uint8Array.of(1, 2, 11, 12, 21, 22), shape: [3, 1, 2] };
    writer.embedding('digits', vectors, 0, { images });
    await writer.close();
    const { width, height, channels, data } = decode(
      sink.files.get('projector-digits-00000.png') ?? new Uint8Array(),
    );
    expect({ width, height, channels, data: [...data] }).toEqual({
      width: 4,
      height: 2,
      channels: 1,
      data: [1, 2, 11, 12, 21, 22, 0, 0],
    });
    expect(text('projector_config.pbtxt')).toContain(
      'sprite { image_path: "projector-digits-00000.png" single_image_dim: 2 single_image_dim: 1 }',
    );
  });

  test('takes any tag for a plain file name that is no event file, and quotes it in the list', async () => {
    writer.embedding('../a"b\\c*\n/tfevents', vectors, 0);
    await writer.close();
    const [name = ''] = sink.files.keys();
    expect(name).toBe('projector-..%2Fa%22b%5Cc%2A%0A%2Ftfevent%73-00000.tsv');
    expect(text('projector_config.pbtxt')).toContain(
      String.raw`tensor_name: "../a\042b\134c*\012/tfevents:00000"`,
    );
  });

  test('writes numbers that read as the same float32', async () => {
    await fc.assert(
      fc.asyncProperty(fc.float32Array({ minLength: 1 }), async (data) => {
        sink = new MemorySink();
        writer = new SummaryWriter(sink);
        writer.embedding('any', { data, shape: [1, data.length] }, 0);
        await writer.close();
        const read = text('projector-any-00000.tsv').split('\t').map(Number);
        // -0 becomes 0: it has no sign in JavaScript's own words for numbers.
        expect(Float32Array.from(read)).toEqual(data.map((value) => value + 0));
      }),
    );
  });
});

describe('an embedding in a log directory', () => {
  let logdir: string;

  beforeEach(() => {
    logdir = mkdtempSync(join(tmpdir(), 'unroll-embedding-'));
  });

  afterEach(() => {
    rmSync(logdir, { recursive: true });
  });

  test('is written beside the event file', async () => {
    const onDisk = await openLogdir(logdir);
    onDisk.embedding('words', vectors, 7);
    await onDisk.close();
    const points = readFileSync(join(logdir, 'projector-words-00007.tsv'), 'utf8');
    expect(points).toBe('1\t2\n3\t4\n5\t6\n');
    expect(readFileSync(join(logdir, 'projector_config.pbtxt'), 'utf8')).toContain('words:00007');
  });

  test.each([
    ['of letters', 'x'.repeat(300)],
    ['whose characters take nine bytes each', '語'.repeat(100)],
  ])('takes a long tag %s, and keeps it apart from others that begin so', async (_, tag) => {
    const onDisk = await openLogdir(logdir);
    const step = Number.MAX_SAFE_INTEGER;
    for (const end of ['a', 'b']) {
      onDisk.embedding(tag + end, vectors, step, { metadata: ['a', 'b', 'c'] });
    }
    await onDisk.close();
    const names = readdirSync(logdir).filter((name) => name.endsWith('.metadata.tsv'));
    expect(new Set(names).size).toBe(2);
    const list = readFileSync(join(logdir, 'projector_config.pbtxt'), 'utf8');
    for (const name of names) expect(list).toContain(`metadata_path: "${name}"`);
    expect(list).toContain(`tensor_name: "${tag}b:${step}"`);
  });

  test('that cannot be written is told by the flush, and by the next call', async () => {
    const onDisk = await openLogdir(logdir);
    mkdirSync(join(logdir, 'projector-words-00007.tsv'));
    onDisk.embedding('words', vectors, 7);
    const expected = { name: 'EventSinkError', operation: 'writeFile' };
    await expect(onDisk.flush()).rejects.toMatchObject(expected);
    expect(() => {
      onDisk.scalar('loss', 1, 0);
    }).toThrow('EISDIR');
    await expect(onDisk.close()).rejects.toMatchObject(expected);
  });
});
