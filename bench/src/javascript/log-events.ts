/* Logs scalars by our writer (../events.ts): log-events.ts LOGDIR COUNT TURNS. */
import { openLogdir } from '@unroll/tensorboard-writer/node';

const [logdir = '', count, turns] = process.argv.slice(2);
const begin = performance.now();
const writer = await openLogdir(logdir);
for (let step = 1; step <= Number(count); step++) {
  writer.scalar('loss', 1 / step, step);
  // As a training does between its steps, so that the writes have their turn.
  if (step % Number(turns) === 0) await new Promise(setImmediate);
}
await writer.close();
const seconds = (performance.now() - begin) / 1000;
console.log(JSON.stringify({ seconds, version: `Node ${process.version}` }));
