/* many.ts LOGDIR COUNT: opens many writers at once, and ends. */
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { join } from 'node:path';

const [logdir = '', count] = process.argv.slice(2);
const numbers = Array.from({ length: Number(count) }, (_, i) => i);
const writers = await Promise.all(numbers.map((i) => openLogdir(join(logdir, `run-${i}`))));
for (const [i, writer] of writers.entries()) writer.scalar('loss', i, 1);
process.stdout.write(`${process.listenerCount('exit')}\n`);
await Promise.all(writers.slice(1).map((writer) => writer.close()));
process.stdout.write(`${process.listenerCount('exit')}\n`);
await writers[0]?.close();
process.stdout.write(`${process.listenerCount('exit')}\n`);
