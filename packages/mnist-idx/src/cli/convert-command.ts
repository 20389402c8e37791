import { Command, Option } from 'commander';
import { convert, type ConvertOptions } from './convert.js';
import { KINDS } from './convert-plan.js';
import { onInterrupt } from './interrupt.js';

type Flags = Pick<ConvertOptions, 'to' | 'transpose' | 'force'> & {
  // Commander's default where there is a --no-labels is true.
  readonly labels: string | boolean;
};

const HELP = `
What OUT becomes is said by its name: .npy; an IDX file's name (*.idx, *-ubyte,
gzipped with .gz); a folder of PNGs where it ends in a slash.

Labels are names of folders, OUT/<label>/<index>.png, as torchvision's
ImageFolder reads them. By default they come from, or go into, the file beside
the images that is named so: train-labels-idx1-ubyte for
train-images-idx3-ubyte, labels.npy for images.npy.`;

/**
 * `mnist-idx convert`.
 *
 * @param interrupted - is told the exit code after Ctrl-C and the like, when all is cleaned up
 */
export function convertCommand(interrupted: (exitCode: number) => void): Command {
  return new Command('convert')
    .description('make an IDX file, a .npy file or a folder of PNGs of another')
    .argument('<in>', 'an IDX or .npy file, or a folder of PNGs')
    .argument('<out>', 'a file, or a folder')
    .addOption(new Option('--to <kind>', "what to make, whatever OUT's name").choices(KINDS))
    .option('--labels <file>', "the labels' file of images from or to PNGs")
    .option('--no-labels', 'PNGs in one folder; or leave the labels of folders out')
    .option('--transpose', 'rows as columns, for the files of EMNIST; from or to PNGs')
    .option('--force', 'replace what is there')
    .addHelpText('after', HELP)
    .action(async (from: string, into: string, { labels, ...flags }: Flags) => {
      const interrupt = onInterrupt();
      const { signal } = interrupt;
      const chosen = labels === true ? undefined : labels;
      try {
        const lines = await convert(from, into, { ...flags, labels: chosen, signal });
        process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      } catch (error) {
        if (!signal.aborted) throw error;
        interrupted(interrupt.exitCode);
      } finally {
        interrupt.release();
      }
    });
}
