/*
 * log-for-ever.ts LOGDIR: logs scalars, the value being the step, as fast as it can; a line tells of
 * each step that has been flushed.
 */
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { writeSync } from 'node:fs';

const any = (count: number): number => Math.floor(Math.random() * count);

const maxQueue = [1, 10, 1000, 1_000_000][any(4)]!;
const writer = await openLogdir(process.argv[2] ?? '', { maxQueue });
writeSync(1, '0\n');
for (let step = 1; ;) {
  const burst = [1, 30, 1000, 20_000][any(4)]!;
  for (const end = step + burst; step < end; step++) {
    writer.scalar('x'.repeat(1 + any(200)), step, step);
  }
  const how = any(4);
  if (how === 0) await new Promise(setImmediate);
  if (how === 1) await writer.flush();
  if (how === 2) writer.flushSync();
  if (how === 1 || how === 2) writeSync(1, `${step - 1}\n`);
}
