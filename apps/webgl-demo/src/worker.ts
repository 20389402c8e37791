import { loadMnist } from '@unroll/mnist-idx';
import { type DataSets, readDataSets } from '@unroll/mnist-idx/data-sets';
import { fetchSource } from '@unroll/mnist-idx/web';
import '@unroll/rnn-kernels/webgl';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { DownloadSink } from '@unroll/tensorboard-writer/web';
import { logProgress } from './log-progress.js';
import type { FromWorker, StartMessage, ToWorker } from './messages.js';
import { openWebGL } from './open-webgl.js';
import { trainDigits } from './train-digits.js';

declare const self: DedicatedWorkerGlobalScope;

let data: DataSets | undefined;
let running: AbortController | undefined;

function post(message: FromWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
  self.postMessage(message);
}

function fail(error: unknown): void {
  post({ type: 'error', message: error instanceof Error ? error.message : String(error) });
}

const opened = openWebGL(() => fail('The browser took the GPU away from this page. Start again.'));
opened.then((backend) => post({ type: 'ready', ...backend })).catch(fail);

self.addEventListener('message', ({ data: message }: MessageEvent<ToWorker>) => {
  if (message.type === 'stop') running?.abort();
  else void start(message);
});

async function start({ data: folder, seed, epochs }: StartMessage): Promise<void> {
  // One at a time: the page asks for the next after `done` or `error`.
  if (running !== undefined) return;
  running = new AbortController();
  const { signal } = running;
  try {
    await opened;
    data ??= await loadData(folder, signal);
    const log = new DownloadSink();
    const writer = new SummaryWriter(log);
    const tell = (message: FromWorker): void => {
      logProgress(writer, message);
      post(message);
    };
    const { step, interrupted } = await trainDigits({ data, seed, epochs, signal, post: tell });
    await writer.close();
    post({ type: 'done', step, interrupted, log: log.file });
  } catch (error) {
    const stoppedLoading = signal.aborted && data === undefined;
    if (stoppedLoading) post({ type: 'done', step: 0, interrupted: true });
    else fail(error);
  } finally {
    running = undefined;
  }
}

/** All training images train; none are held back for validation, which nothing here looks at. */
async function loadData(folder: string, signal: AbortSignal): Promise<DataSets> {
  // The SHA-256 that is known is that of the whole files, and these are parts.
  const mnist = await loadMnist({
    source: fetchSource({ mirrors: folder }),
    verify: false,
    signal,
  });
  return readDataSets(mnist, { validationSize: 0 });
}
