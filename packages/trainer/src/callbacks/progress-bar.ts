import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { BatchResult, Callback } from './callback.js';

export interface ProgressBarOptions {
  /** Where the bar is drawn, if that is a terminal, and where lines go. Default `process.stdout`. */
  readonly stream?: NodeJS.WriteStream;
}

export interface ProgressBar extends Callback {
  /** Writes a line to the stream, above the bar where there is one. */
  print(line: string): void;
}

const numbers = 'epoch {epoch}/{epochs} | loss {loss} | accu {accuracy} | {milliseconds} ms/batch';
const known = `{bar} {percentage}% | ${numbers} | eta {eta_formatted}`;
const unknown = `{value} batches | ${numbers}`;

/**
 * Draws the progress of `train` in a terminal: a bar over all batches of all epochs, the last batch's
 * loss and accuracy, and the time that is left. Where the stream is no terminal, only
 * {@link ProgressBar.print} writes to it.
 *
 * @param options - the stream
 * @returns a callback, with a way to print while the bar stands
 */
export function progressBar({ stream = process.stdout }: ProgressBarOptions = {}): ProgressBar {
  let bars: MultiBar | undefined;
  let bar: SingleBar | undefined;
  let epochs = 0;
  const stop = () => {
    process.off('exit', stop);
    // What was printed since the last redraw is still in the bar's buffer.
    bars?.update();
    bars?.stop();
    bars = undefined;
    bar = undefined;
  };
  return {
    onTrainBegin({ epochs: count, trainBatches, testBatches }) {
      epochs = count;
      if (!stream.isTTY) return;
      // Not known as soon as one of both is not.
      const total = count * ((trainBatches ?? Number.NaN) + (testBatches ?? Number.NaN)) || 0;
      const format = total > 0 ? known : unknown;
      // Its own exit on Ctrl-C would keep the loop from ending cleanly.
      const options = { format, stream, hideCursor: true, gracefulExit: false, barsize: 24 };
      // Whatever ends the program, the terminal gets its cursor back.
      process.once('exit', stop);
      bars = new MultiBar(options, Presets.shades_classic);
      bar = bars.create(total, 0, {
        epoch: 1,
        epochs,
        loss: '-',
        accuracy: '-',
        milliseconds: '-',
      });
    },
    onBatch({ epoch, loss, metrics, seconds }: BatchResult) {
      bar?.increment({
        epoch,
        epochs,
        loss: loss.toFixed(4),
        accuracy: metrics['accuracy']?.toFixed(4) ?? '-',
        milliseconds: (seconds * 1000).toFixed(1),
      });
    },
    onTrainEnd: stop,
    print(line) {
      if (bars === undefined) stream.write(`${line}\n`);
      else bars.log(`${line}\n`);
    },
  };
}
