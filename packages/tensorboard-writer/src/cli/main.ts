import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { exportCommand } from './export-command.js';
import { lsCommand } from './ls-command.js';

const FAILURE = 1;
const USAGE = 2;
/** Of a program whose output nobody reads any more, as shells have it. */
const BROKEN_PIPE = 141;

/**
 * Runs `tensorboard-writer` with the arguments after its name.
 *
 * @returns the exit code: 0, 1 for an error, 2 for wrong usage, 141 where the output was closed
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
  const program = new Command('tensorboard-writer')
    .description('Looks into TensorBoard log directories, and exports their scalars.')
    .version(version())
    .option('--stack', 'print the stack of an error');
  const fail = (error: unknown): void => {
    if (program.opts<{ stack?: boolean }>().stack) process.stderr.write(`${inspect(error)}\n`);
    else say(error instanceof Error ? error.message : String(error));
    exitCode = FAILURE;
  };
  program.addCommand(lsCommand(fail)).addCommand(exportCommand());
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
  const manifest = new URL(import.meta.resolve('@unroll/tensorboard-writer/package.json'));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}

/** One line on stderr, whatever characters a message may have from a file's name. */
function say(message: string): void {
  process.stderr.write(`tensorboard-writer: ${message.replaceAll(/\s*\p{Cc}+\s*/gu, ' ')}\n`);
}
