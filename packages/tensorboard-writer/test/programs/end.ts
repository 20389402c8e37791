/* end.ts LOGDIR HOW COUNT: logs, and ends without a close. */
import { openLogdir } from '@unroll/tensorboard-writer/node';

const [logdir = '', how, count] = process.argv.slice(2);
const writer = await openLogdir(logdir, { maxQueue: how === 'while writing' ? 1 : 1000 });
for (let step = 1; step <= Number(count); step++) {
  writer.scalar('loss', step, step);
  // Now and then the writes get their chance, so that one is under way at the end.
  if (how === 'while writing' && step % 700 === 0) await new Promise(setImmediate);
}
writer.embedding('words', { data: [1, 2], shape: [2, 1] }, 7);
if (how === 'exit' || how === 'while writing') process.exit(3);
if (how === 'throw') throw new Error('thrown');
if (how === 'reject') void Promise.reject(new Error('rejected'));
if (how === 'closing') {
  void writer.close();

  process.exit(3);
}
