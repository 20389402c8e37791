import { Command } from 'commander';
import { type Description, describeArray } from './describe-array.js';
import { readArray } from './read-array.js';

interface Flags {
  readonly json?: boolean;
}

/** `mnist-idx info`. A file with an error does not keep the next ones from being read. */
export function infoCommand(fail: (error: unknown) => void): Command {
  return new Command('info')
    .description('tell what IDX and .npy files hold, every byte of them checked')
    .argument('<file...>', 'files, gzipped or not')
    .option('--json', 'print a line of JSON for each file')
    .action(async (files: readonly string[], { json = false }: Flags) => {
      for (const file of files) {
        try {
          const description = describeArray(await readArray(file));
          process.stdout.write(json ? `${JSON.stringify(description)}\n` : asText(description));
        } catch (error) {
          fail(error);
        }
      }
    });
}

function asText(description: Description): string {
  const { file, format, bytes, dtype, shape, min, max, mean, counts, sha256, known } = description;
  const lines = [
    ['format', `${format}, ${bytes.toLocaleString('en')} bytes`],
    ['array', `${dtype} [${shape.join(', ')}]`],
    ['values', min === null ? 'none' : `${min} to ${max}, mean ${Number(mean?.toPrecision(6))}`],
    ['counts', counts && listOf(counts)],
    ['sha256', sha256],
    ['known', known],
  ];
  const text = lines.map(([name, value]) => value && `  ${name?.padEnd(8)}${value}\n`);
  return `${file}\n${text.filter(Boolean).join('')}`;
}

function listOf(counts: Readonly<Record<string, number>>): string {
  // Keys that are small integers are in their order already; negative ones come last in any object.
  const entries = Object.entries(counts).toSorted(([one], [other]) => Number(one) - Number(other));
  return entries.map(([value, count]) => `${value}: ${count}`).join(', ');
}
