import { Presets, SingleBar } from 'cli-progress';

/** A bar on stderr, if that is a terminal; nothing elsewhere. */
export interface Progress {
  /** Moves the bar to `done` of the total. */
  readonly at: (done: number) => void;
  /** Takes the bar away and gives the cursor back. */
  readonly stop: () => void;
}

/**
 * Shows how far a long conversion is.
 *
 * @param what - what is counted, such as `images`
 */
export function progress(total: number, what: string): Progress {
  const stream = process.stderr;
  if (!stream.isTTY) return { at() {}, stop() {} };
  const bar = new SingleBar(
    {
      format: `{bar} {percentage}% | {value}/{total} ${what} | eta {eta_formatted}`,
      stream,
      hideCursor: true,
      clearOnComplete: true,
      // Its own exit on Ctrl-C would leave files behind.
      gracefulExit: false,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  const stop = () => {
    process.off('exit', stop);
    bar.stop();
  };
  // Whatever ends the program, the terminal gets its cursor back.
  process.once('exit', stop);
  bar.start(total, 0);
  return { at: (done) => bar.update(done), stop };
}
