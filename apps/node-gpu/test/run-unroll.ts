import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface RunOptions {
  /** Default: this package's bin. */
  readonly bin?: string;
  readonly cwd?: string;
  /** Node's own. Default: none. */
  readonly flags?: readonly string[];
  /** The file descriptor that the program's output goes to. Default: a pipe that is read. */
  readonly stdout?: number;
  /** A program, with its arguments, that starts the one given after them. Default: none. */
  readonly wrapper?: readonly string[];
}

export interface Ended {
  /** `null` where a signal ended it that it did not handle. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the output so far has it; rejects if the program ends before. */
  printed(pattern: RegExp): Promise<void>;
}

const unrollBin = fileURLToPath(new URL('../bin/unroll.js', import.meta.url));

/** Starts `unroll`, as it is built, with the arguments after its name. */
export function startUnroll(args: readonly string[], options: RunOptions = {}): Running {
  const { bin = unrollBin, cwd, flags = [], stdout: output = 'pipe', wrapper = [] } = options;
  if (!existsSync(fileURLToPath(new URL('../dist/cli.js', import.meta.url)))) {
    throw new Error(
      'expected apps/node-gpu/dist, found none; run: turbo run build --filter=@unroll/node-gpu...',
    );
  }
  const [command, ...rest] = [...wrapper, process.execPath, ...flags, bin, ...args] as [
    string,
    ...string[],
  ];
  const stdio: StdioOptions = ['ignore', output, 'pipe'];
  // A program that hangs is gone before its test is given up.
  const child = spawn(command, rest, { cwd, stdio, timeout: 50_000, killSignal: 'SIGKILL' });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    child,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout)) resolve();
        };
        look();
        child.stdout?.on('data', look);
        child.on('close', () => reject(new Error(`expected ${pattern}, got ${stdout}${stderr}`)));
      }),
  };
}

/** Runs `unroll` to its end. */
export async function runUnroll(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startUnroll(args, options).ended;
}
