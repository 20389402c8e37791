import { WriteStream } from 'node:tty';
import { Command } from 'commander';
import { drawImage } from './draw-image.js';
import { FileError, UsageError } from './file-error.js';
import { imagesOf } from './images.js';
import { checkedLabels, labelsBeside } from './labels.js';
import { readArray } from './read-array.js';

interface Flags {
  readonly labels?: string;
  readonly transpose?: boolean;
}

/** `mnist-idx show`. */
export function showCommand(): Command {
  return new Command('show')
    .description('draw an image in the terminal, with its label')
    .argument('<file>', 'an IDX or .npy file of images, gzipped or not')
    .argument('<index>', 'which image; the first is 0')
    .option('--labels <file>', "the labels' file (default: one beside the images, by its name)")
    .option('--transpose', 'rows as columns, for the files of EMNIST')
    .addHelpText('after', '\nDraws in grey where the terminal has 256 colours; see NO_COLOR.')
    .action(show);
}

async function show(file: string, at: string, flags: Flags): Promise<void> {
  if (!/^\d+$/.test(at)) throw new UsageError(`index: expected a number from 0, got ${at}`);
  const index = Number(at);
  const { array } = await readArray(file);
  const images = imagesOf(array, { where: file, transpose: flags.transpose });
  if (index >= images.count) {
    const expected = `expected one of its ${images.count} images, the first being 0`;
    throw new FileError(`${file}: index: ${expected}, got ${at}`);
  }
  const label = await labelAt(index, images.count, flags.labels ?? (await labelsBeside(file)));
  const { columns: width } = process.stdout;
  const drawn = drawImage(images.at(index), { colorDepth: colorDepth(), width });
  const caption = label === undefined ? '' : `, label ${label}`;
  process.stdout.write(`${drawn}image ${index}${caption}\n`);
}

async function labelAt(
  index: number,
  count: number,
  path: string | undefined,
): Promise<number | undefined> {
  if (path === undefined) return undefined;
  const { array } = await readArray(path);
  return checkedLabels(array, path, count)[index];
}

/** Bits of colour of the output; FORCE_COLOR and NO_COLOR decide as everywhere in Node. */
function colorDepth(): number {
  const { env, stdout } = process;
  if (!stdout.isTTY && env['FORCE_COLOR'] === undefined) return 1;
  return WriteStream.prototype.getColorDepth.call(stdout, env);
}
