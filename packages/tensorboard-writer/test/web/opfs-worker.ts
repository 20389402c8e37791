/* Logs in a worker, as it is told, and posts what it sees. */
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openOPFSSink } from '@unroll/tensorboard-writer/web';

/** What the worker is told: where, how many scalars, and how the file is to end. */
export interface OPFSTask {
  readonly logdir: string;
  readonly count: number;
  readonly end: 'close' | 'flush' | 'flushSync';
}

addEventListener('message', async ({ data }: MessageEvent<OPFSTask>) => {
  const sink = await openOPFSSink(data.logdir);
  const writer = new SummaryWriter(sink);
  writer.embedding('words', { data: [1, 2, 3, 4], shape: [2, 2] }, 0);
  await writer.flush();
  writer.embedding('words', { data: [5, 6], shape: [1, 2] }, 0);
  for (let step = 1; step <= data.count; step++) writer.scalar('loss', step, step);
  if (data.end === 'flushSync') writer.flushSync();
  else await writer[data.end]();
  postMessage({ name: sink.handle.name, file: await sink.handle.getFile() });
});
