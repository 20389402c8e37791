import { setImmediate as turn } from 'node:timers/promises';

/** How many files are read or written between two turns of the event loop, in which Ctrl-C is heard. */
const FILES_PER_TURN = 50;

/**
 * Does something for each number from 0 up to `count`. Files are read and written one after the other
 * without waiting: for files as small as these that takes half the time of doing it at once.
 *
 * @throws what the signal was aborted with
 */
export async function inTurns(
  count: number,
  action: (index: number) => void,
  { signal, at }: { readonly signal: AbortSignal; readonly at: (done: number) => void },
): Promise<void> {
  for (let index = 0; index < count; index++) {
    if (index % FILES_PER_TURN === 0) {
      await turn();
      signal.throwIfAborted();
      at(index);
    }
    action(index);
  }
  at(count);
}
