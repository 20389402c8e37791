/* open.ts LOGDIR: opens a log directory when told by a line, says how that went, and stays. */
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { once } from 'node:events';

process.stdout.write('ready\n');
await once(process.stdin, 'data');
try {
  const writer = await openLogdir(process.argv[2] ?? '');
  process.stdout.write('open\n');
  process.stdin.on('end', () => void writer.close());
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
process.stdin.resume();
