import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { convertCommand } from './convert-command.js';
import { UsageError } from './file-error.js';
import { infoCommand } from './info-command.js';
import { BROKEN_PIPE } from './interrupt.js';
import { showCommand } from './show-command.js';

const USAGE = 2;
const FAILURE = 1;

/**
 * Runs `mnist-idx` with the arguments after its name.
 *
 * @returns the exit code: 0, 1 for an error, 2 for wrong usage, and where a signal ended the program
 *   128 and its number: 130 after Ctrl-C
 */
export async function main(args: readonly string[]): Promise<number> {
  let outputError: NodeJS.ErrnoException | undefined;
  // Without a listener, an output that cannot be written would end the program with a stack.
  process.stdout.on('error', (error) => {
    outputError ??= error;
  });
  const exitCode = await run(args);
  // What became of the last write is known a turn later.
  await turn();
  if (outputError === undefined) return exitCode;
  // A reader that has seen enough (| head) is no error.
  if (outputError.code === 'EPIPE') return BROKEN_PIPE;
  say(`stdout: ${outputError.message}`);
  return FAILURE;
}

async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('mnist-idx')
    .description('Looks into IDX files, the format of MNIST, and converts them.')
    .version(version())
    .option('--stack', 'print the stack of an error');
  const fail = (error: unknown) => {
    if (program.opts<{ stack?: boolean }>().stack) process.stderr.write(`${inspect(error)}\n`);
    else say(error instanceof Error ? error.message : String(error));
    exitCode = error instanceof UsageError ? USAGE : FAILURE;
  };
  program
    .addCommand(infoCommand(fail))
    .addCommand(showCommand())
    .addCommand(
      convertCommand((code) => {
        say('interrupted');
        exitCode = code;
      }),
    );
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (text) => say(`${text.replace(/^error: /, '').trim()} (try --help)`),
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has said already what is wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    fail(error);
  }
  return exitCode;
}

function version(): string {
  const manifest = new URL(import.meta.resolve('@unroll/mnist-idx/package.json'));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}

/** One line on stderr, whatever characters a message may have from a file's name. */
function say(message: string): void {
  process.stderr.write(`mnist-idx: ${message.replaceAll(/\s*\p{Cc}+\s*/gu, ' ')}\n`);
}
