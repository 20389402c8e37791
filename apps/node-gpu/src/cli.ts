import { Command, CommanderError } from 'commander';
import { trainCommand } from './train-command.js';

const interrupted = 130;
const usage = 2;
const failure = 1;

/**
 * Runs `unroll` with the arguments after its name.
 *
 * @returns the exit code: 0, 1 for an error, 2 for wrong usage, 130 after Ctrl-C
 */
export async function main(args: readonly string[]): Promise<number> {
  let result = 0;
  const program = new Command('unroll')
    .description("Trains recurrent networks with TensorFlow 1's semantics on TensorFlow.js.")
    .option('--stack', 'print the stack of an error')
    .addCommand(
      trainCommand((finished) => {
        result = finished ? 0 : interrupted;
      }),
    );
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError('(try --help)');
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return result;
  } catch (error) {
    // Commander has said already what is wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
    const stack = program.opts<{ stack?: boolean }>().stack ?? false;
    process.stderr.write(`unroll: ${describe(error, stack)}\n`);
    return failure;
  }
}

function describe(error: unknown, stack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return (stack ? error.stack : undefined) ?? error.message;
}
