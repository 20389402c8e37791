import { constants } from 'node:os';

export interface Interrupt {
  /** Aborted by the first Ctrl-C, SIGTERM, or a reader of the output that has gone. */
  readonly signal: AbortSignal;
  /** Goes back to what the program did on a signal before. */
  release(): void;
}

/** Lets the training end cleanly on Ctrl-C. A second one ends the program at once. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort();
  };
  const outputGone = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.stdout.on('error', outputGone);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      process.stdout.off('error', outputGone);
    },
  };
}
