import type { FromWorker, StartMessage, ToWorker } from './messages.js';

/** The training in its worker, as the page sees it. */
export interface TrainingClient {
  start(settings: Omit<StartMessage, 'data' | 'type'>): void;
  stop(): void;
}

/**
 * Starts the worker, and lets the page hear what it says. After an error the worker is ended, and the
 * next start has a new one, so that even a lost GPU does not need a reload.
 */
export function trainingClient(receive: (message: FromWorker) => void): TrainingClient {
  let worker: Worker | undefined = open();

  function open(): Worker {
    const opened = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    opened.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data));
    opened.addEventListener('error', ({ message }) => {
      // A script that cannot be loaded has no message.
      hear({ type: 'error', message: message || 'The script of the training cannot be loaded.' });
    });
    return opened;
  }

  function hear(message: FromWorker): void {
    if (message.type === 'error') {
      worker?.terminate();
      worker = undefined;
    }
    receive(message);
  }

  function tell(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
    worker?.postMessage(message);
  }

  return {
    start(settings) {
      worker ??= open();
      tell({ type: 'start', data: new URL('data/', document.baseURI).href, ...settings });
    },
    stop() {
      tell({ type: 'stop' });
    },
  };
}
