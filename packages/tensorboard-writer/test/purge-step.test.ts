import { describeWithPython, python } from '@unroll/testing/python';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { readLogdir } from './event-files.js';
import { MemorySink } from './memory-sink.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

describe('purgeStep', () => {
  test('starts the file at that step, with its version and the start of a session', async () => {
    const writer = await openLogdir(folder.path, { purgeStep: 100 });
    writer.scalar('loss', 1, 100);
    await writer.close();
    expect(await readLogdir(folder.path)).toMatchObject([
      { step: 100, fileVersion: 'brain.Event:2' },
      { step: 100, session: 1 },
      { step: 100, tag: 'loss' },
    ]);
  });

  test('of 0 is a restart from the beginning', async () => {
    const sink = new MemorySink();
    await new SummaryWriter(sink, { purgeStep: 0 }).close();
    expect(sink.events).toMatchObject([{ step: 0 }, { step: 0, session: 1 }]);
  });

  test('is left out by default', async () => {
    const sink = new MemorySink();
    await new SummaryWriter(sink).close();
    expect(sink.events.length).toBe(1);
  });
});

describeWithPython("TensorBoard's own Python reader", ['tensorboard'], () => {
  test('drops what earlier files have from purgeStep on, that step included', async () => {
    const logdir = join(folder.path, 'run');
    const first = await openLogdir(logdir);
    for (const step of [1, 2, 3, 4]) {
      first.scalar('again', step, step);
      first.scalar('never again', step, step);
    }
    await first.close();
    const second = await openLogdir(logdir, { purgeStep: 3 });
    second.scalar('again', 30, 3);
    await second.close();
    const script = join(import.meta.dirname, 'judge/read_logs.py');
    const read = execFileSync(python, [script, folder.path], { encoding: 'utf8', stdio: 'pipe' });
    const before = [
      [1, 1],
      [2, 2],
    ];
    expect(JSON.parse(read)).toMatchObject({
      run: {
        scalars: {
          again: { points: [...before, [3, 30]] },
          'never again': { points: before },
        },
      },
    });
  });
});
