import { type FileHandle, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { EventFileSink } from '../src/logdir/event-file-sink.js';
import { readEvents } from './read-events.js';
import { rejection } from './rejection.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-sink-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Makes a disk full: it takes half of the next bytes. */
async function fillDisk(): Promise<void> {
  const probe = await open(join(folder, 'probe'), 'w');
  const methods = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  await rm(join(folder, 'probe'));
  vi.spyOn(methods, 'appendFile').mockImplementation(async function half(this: FileHandle, bytes) {
    const all = bytes as Uint8Array;
    await this.write(all, 0, Math.floor(all.length / 2));
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
}

describe('a disk that is full', () => {
  test.runIf(process.platform === 'linux')('fails a write as the system says', async () => {
    const sink = new EventFileSink('/dev/full', await open('/dev/full', 'w'));
    const message = "ENOSPC: no space left on device, write '/dev/full'";
    expect(await rejection(sink.write(new Uint8Array(1)))).toMatchObject({
      message,
      code: 'ENOSPC',
      path: '/dev/full',
    });
    const writer = new SummaryWriter(sink);
    expect(await rejection(writer.close())).toMatchObject({
      message: `SummaryWriter: sink.write: expected it to succeed, got ${message}`,
    });
  });

  test('leaves the whole records of before, and not half a one', async () => {
    const writer = await openLogdir(folder);
    writer.scalar('a', 1, 0);
    await writer.flush();
    await fillDisk();
    writer.scalar('a', 2, 1);
    writer.scalar('a', 3, 2);
    expect(await rejection(writer.close())).toMatchObject({ cause: { code: 'ENOSPC' } });
    const [name = ''] = await readdir(folder);
    const events = readEvents(await readFile(join(folder, name)));
    expect(events.map(({ value }) => value)).toEqual([undefined, 1]);
  });

  test('from the start leaves neither file nor directory', async () => {
    await fillDisk();
    const logdir = join(folder, 'runs', 'a');
    expect(await rejection(openLogdir(logdir))).toMatchObject({
      name: 'LogdirError',
      message: expect.stringMatching(
        /^openLogdir: logdir: expected a directory that can be written, got .*a \(ENOSPC: no space left on device, write '.*events\.out\.tfevents\..*'\)$/,
      ),
      cause: { code: 'ENOSPC' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('from the start leaves a directory that was there before', async () => {
    await fillDisk();
    expect(await rejection(openLogdir(folder))).toMatchObject({ name: 'LogdirError' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('EventFileSink', () => {
  test('frees its file when the writer closes', async () => {
    const file = await open(join(folder, 'file'), 'w');
    const writer = new SummaryWriter(new EventFileSink('file', file));
    await writer.close();
    expect(file.fd).toBe(-1);
  });

  test('names the file that it could not sync', async () => {
    const file = await open(join(folder, 'file'), 'w');
    await file.close();
    expect(await rejection(new EventFileSink('logs/file', file).flush())).toMatchObject({
      message: expect.stringMatching(/'logs\/file'$/),
      code: 'EBADF',
    });
  });
});
