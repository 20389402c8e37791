import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { EventFileSink } from '../src/logdir/event-file-sink.js';
import { eventFiles, readLogdir } from './event-files.js';
import { rejection } from './rejection.js';
import { type SmallDisk, smallDisk } from './small-disk.js';

const PAGE = 4096;

/** Takes all of a disk but some pages. */
async function fill(disk: SmallDisk, free: number): Promise<void> {
  const rest = (await readdir(disk.path)).length > 0 ? 6 : 8;
  await writeFile(join(disk.path, 'ballast'), Buffer.alloc((rest - free) * PAGE, 1));
}

describe('a device that is full', () => {
  test.runIf(process.platform === 'linux')('fails a write as the system says', async () => {
    const sink = new EventFileSink('/dev/full', await open('/dev/full', 'w'));
    const message = "ENOSPC: no space left on device, write '/dev/full'";
    expect(await rejection(sink.write(new Uint8Array(1)))).toMatchObject({
      message,
      code: 'ENOSPC',
      path: '/dev/full',
    });
    expect(() => sink.writeSync(new Uint8Array(1))).toThrow(message);
    const writer = new SummaryWriter(sink);
    expect(await rejection(writer.close())).toMatchObject({
      message: `SummaryWriter: sink.write: expected it to succeed, got ${message}`,
    });
  });
});

smallDisk('a disk that is full', (disk) => {
  test('from the start leaves neither file nor directory', async () => {
    await fill(disk, 0);
    const logdir = join(disk.path, 'runs', 'a');
    expect(await rejection(openLogdir(logdir))).toMatchObject({
      name: 'LogdirError',
      message: expect.stringMatching(
        /^openLogdir: logdir: expected a directory that can be written, got .*runs\/a \(ENOSPC: no space left on device.*\)$/,
      ),
      cause: { code: 'ENOSPC' },
    });
    expect(await readdir(disk.path)).toEqual(['ballast']);
  });

  test('but for a page leaves neither file nor directory', async () => {
    await fill(disk, 1);
    expect(await rejection(openLogdir(join(disk.path, 'a')))).toMatchObject({
      message: expect.stringMatching(
        /\(ENOSPC: no space left on device, write '.*\/events\.out\.tfevents\..*'\)$/,
      ),
    });
    expect(await readdir(disk.path)).toEqual(['ballast']);
  });

  test('from the start leaves a directory that was there before', async () => {
    const logdir = join(disk.path, 'a');
    await mkdir(logdir);
    await writeFile(join(disk.path, 'ballast'), Buffer.alloc(8 * PAGE));
    expect(await rejection(openLogdir(logdir))).toMatchObject({ name: 'LogdirError' });
    expect(await readdir(logdir)).toEqual([]);
  });
});

smallDisk('a disk that fills up', (disk) => {
  test('fails the flush, and leaves whole records, not half a one', async () => {
    const writer = await openLogdir(disk.path);
    for (let step = 0; step < 50; step++) writer.scalar('a', step, step);
    await writer.flush();
    await fill(disk, 0);
    for (let step = 50; step < 999; step++) writer.scalar('a', step, step);
    const message = expect.stringMatching(
      /^SummaryWriter: sink\.write: expected it to succeed, got ENOSPC: no space left on device, write '.*'$/,
    );
    expect(await rejection(writer.flush())).toMatchObject({ message, cause: { code: 'ENOSPC' } });
    expect(() => writer.scalar('a', 1, 1000)).toThrow('ENOSPC');
    expect(await rejection(writer.close())).toMatchObject({ message });
    // The last page of the file had room, and took what was cut off again.
    const events = await readLogdir(disk.path);
    expect(events.slice(1).map(({ step }) => step)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
    expect((await readdir(disk.path)).toSorted()).toEqual([
      'ballast',
      ...(await eventFiles(disk.path)),
    ]);
  });

  test('is told by the next scalar where nobody flushes', async () => {
    const writer = await openLogdir(disk.path);
    await fill(disk, 0);
    const log = async (): Promise<void> => {
      for (let step = 0; ; step++) {
        writer.scalar('a', step, step);
        await new Promise(setImmediate);
      }
    };
    expect(await rejection(log())).toMatchObject({ name: 'EventSinkError', operation: 'write' });
    await rejection(writer.close());
  });

  test('is told by the scalar that has to write, in a loop that never waits', async () => {
    const writer = await openLogdir(disk.path);
    let logged = 0;
    expect(() => {
      for (; logged < 1e6; logged++) writer.scalar('a', 1, logged);
    }).toThrow('SummaryWriter: sink.writeSync: expected it to succeed, got ENOSPC');
    expect(logged).toBeLessThan(30_000);
    await rejection(writer.close());
    expect(await readLogdir(disk.path)).toMatchObject([{ fileVersion: 'brain.Event:2' }]);
  });

  test('fails the flush after an embedding that is too large, and leaves no half of it', async () => {
    const writer = await openLogdir(disk.path);
    writer.embedding('words', { data: new Float32Array(20_000), shape: [10_000, 2] }, 1);
    expect(await rejection(writer.flush())).toMatchObject({
      operation: 'writeFile',
      message: expect.stringMatching(/got ENOSPC: no space left on device, .*projector-words.*'$/),
    });
    await rejection(writer.close());
    expect(await readdir(disk.path)).toEqual(await eventFiles(disk.path));
  });

  test('lets a later writer go on once there is room', async () => {
    const writer = await openLogdir(disk.path);
    await fill(disk, 0);
    for (let step = 0; step < 999; step++) writer.scalar('a', step, step);
    await rejection(writer.close());
    await rm(join(disk.path, 'ballast'));
    const next = await openLogdir(disk.path);
    next.scalar('a', 7, 7);
    await next.close();
    expect((await readLogdir(disk.path)).at(-1)).toMatchObject({ step: 7, value: 7 });
  });
});

smallDisk('a disk that is read-only', (disk) => {
  test('is told by openLogdir', async () => {
    disk.makeReadOnly();
    for (const logdir of [disk.path, join(disk.path, 'a', 'b')]) {
      expect(await rejection(openLogdir(logdir))).toMatchObject({
        name: 'LogdirError',
        message: expect.stringMatching(/ \(EROFS: read-only file system, .*\)$/),
        cause: { code: 'EROFS' },
      });
    }
  });
});

describe('EventFileSink', () => {
  test('writes the same file, whichever of a write and the end of the process is faster', async () => {
    const path = join(import.meta.dirname, '../node_modules', `sink-${process.pid}`);
    const file = await open(path, 'w');
    const onClose = vi.fn<() => void>();
    try {
      const sink = new EventFileSink(path, file, onClose);
      const pieces = [3_000_000, 2_000_000, 1_000_000].map((size, i) =>
        new Uint8Array(size).fill(i + 1),
      );
      const [first, second, third] = pieces as [Piece, Piece, Piece];
      const slow = sink.write(first);
      sink.writeSync(second);
      await slow;
      await sink.write(third);
      expect(onClose).not.toHaveBeenCalled();
      await sink.close();
      expect(Buffer.compare(await readFile(path), Buffer.concat(pieces))).toBe(0);
      expect((await stat(path)).size).toBe(6_000_000);
      expect(file.fd).toBe(-1);
      expect(onClose).toHaveBeenCalledTimes(1);
    } finally {
      await rm(path);
    }
  });

  test('names the file that it could not sync', async () => {
    const file = await open(import.meta.filename);
    await file.close();
    const sink = new EventFileSink('logs/file', file);
    const error = { message: expect.stringMatching(/'logs\/file'$/), code: 'EBADF' };
    expect(await rejection(sink.flush())).toMatchObject(error);
  });
});

type Piece = Uint8Array<ArrayBuffer>;
