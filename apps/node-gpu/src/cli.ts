import { Command, CommanderError } from 'commander';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { brokenPipe } from './interrupt.js';
import { trainCommand } from './train-command.js';

const usage = 2;
const failure = 1;

/**
 * Runs `unroll` with the arguments after its name.
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
  if (outputError.code === 'EPIPE') return brokenPipe;
  say(`stdout: ${outputError.message}`);
  return failure;
}

async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('unroll')
    .description("Trains recurrent networks with TensorFlow 1's semantics on TensorFlow.js.")
    .option('--stack', 'print the stack of an error')
    .addCommand(
      trainCommand((code) => {
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
    return exitCode;
  } catch (error) {
    // Commander has said already what is wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
    if (program.opts<{ stack?: boolean }>().stack)
      process.stderr.write(`unroll: ${inspect(error)}\n`);
    else say(messageOf(error));
    return failure;
  }
}

/** One line on stderr, whatever characters a message may have from a file's name. */
function say(message: string): void {
  process.stderr.write(`unroll: ${message.replaceAll(/\s*\p{Cc}+\s*/gu, ' ')}\n`);
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
