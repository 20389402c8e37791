import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/mnist-idx.js', import.meta.url));

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A program, with its arguments, that starts the one given after them. Default: none. */
  readonly wrapper?: readonly string[];
}

type Started = ChildProcessByStdio<null, Readable, Readable>;

export interface Running {
  readonly child: Started;
  readonly ended: Promise<Ended>;
}

/** Starts `mnist-idx`, as it is built, with the arguments after its name. */
export function startCommand(
  args: readonly string[],
  { cwd, env = {}, wrapper = [] }: RunOptions = {},
): Running {
  if (!existsSync(new URL('../../dist/cli.js', import.meta.url))) {
    throw new Error('expected packages/mnist-idx/dist, found none; run: pnpm build');
  }
  const [command, ...rest] = [...wrapper, process.execPath, bin, ...args] as [string, ...string[]];
  // Colours are for the test to decide, not for whoever runs it.
  // Node takes no terminal for a coloured one where it knows it is in a CI.
  const { NO_COLOR: _, FORCE_COLOR: __, COLORTERM: ___, CI: ____, ...others } = process.env;
  const child = spawn(command, rest, {
    cwd,
    env: { ...others, TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  return { child, ended: endOf(child) };
}

async function endOf(child: Started): Promise<Ended> {
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { exitCode, stdout, stderr };
}

/** Runs `mnist-idx` to its end. */
export async function runCommand(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startCommand(args, options).ended;
}
