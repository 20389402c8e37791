import { constants } from 'node:os';

/** Ctrl-C, a terminal that was closed, and a polite kill. */
const SIGNALS = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const;

/** What a signal did to the program. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** How the program should end after that: 128 and the signal's number, as shells have it. */
  readonly exitCode: number;
  /** Goes back to what the program did on a signal before. */
  release(): void;
}

/** Of a program whose output nobody reads any more. Windows has no such signal, so no number. */
export const BROKEN_PIPE = 141;

/** Lets what is running end cleanly on Ctrl-C. A second one ends the program at once. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let exitCode = 0;
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    exitCode = 128 + constants.signals[name];
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    release() {
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
}
