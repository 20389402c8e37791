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
