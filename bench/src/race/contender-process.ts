import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Greeting, KernelsReply, RunReply, Task } from '../protocol.ts';

export interface StartOptions {
  /** A TypeScript or Python file. */
  readonly program: string;
  /** The interpreter of Python files; without it they are not here. */
  readonly python: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly task: Task;
}

/** Thrown where a contender gives no answer in time. */
export class TooSlowError extends Error {}

/** Building a graph of many steps takes a while. */
const greetingWithin = 120_000;

const running = new Set<ContenderProcess>();
process.on('exit', () => {
  for (const one of running) one.kill();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** A contender's process: it runs while it is asked something, and sleeps otherwise. */
export class ContenderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #errors = '';
  readonly versions: Readonly<Record<string, string>> = {};

  private constructor(command: string, { environment, program, task }: StartOptions) {
    const env = { ...process.env, ...environment };
    this.#child = spawn(command, [program, JSON.stringify(task)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env,
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (text) => {
      this.#errors = `${this.#errors}${String(text)}`.slice(-2000);
    });
    this.#child.stdin.on('error', () => {}); // Its end shows in what it does not answer.
    this.#child.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      this.#errors = code === 'ENOENT' ? 'there is no such Python' : message;
    });
    running.add(this);
  }

  /** Starts it, or says why it cannot be had here. */
  static async start(options: StartOptions): Promise<ContenderProcess | string> {
    const { program, python } = options;
    const command = program.endsWith('.py') ? python : process.execPath;
    if (command === undefined) return 'no Python was named (--python)';
    const started = new ContenderProcess(command, options);
    const greeting = await started.#answer<Greeting>(greetingWithin);
    if (!greeting.ready) {
      started.kill();
      return greeting.reason;
    }
    Object.assign(started.versions, greeting.versions);
    return started;
  }

  /**
   * @param steps - the most training steps
   * @param milliseconds - the time after which none begins
   * @param within - the time after which there will be no answer
   */
  async run(steps: number, milliseconds: number, within: number): Promise<RunReply> {
    return this.#ask(`run ${steps} ${milliseconds}`, within);
  }

  /** The kernels of a step; only processes of TensorFlow.js can say. */
  async kernels(within: number): Promise<number> {
    return (await this.#ask<KernelsReply>('kernels', within)).kernels;
  }

  /** The most memory that it held, in bytes, where the system says. */
  get peakBytes(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(status) ?? [];
      return kilobytes === undefined ? undefined : 1024 * Number(kilobytes);
    } catch {
      return undefined;
    }
  }

  kill(): void {
    running.delete(this);
    this.#child.kill('SIGKILL');
  }

  async #ask<Reply>(question: string, within: number): Promise<Reply> {
    this.#child.kill('SIGCONT');
    this.#child.stdin.write(`${question}\n`);
    return this.#answer<Reply>(within);
  }

  /** The next line of JSON. Whatever else is printed by what a contender imports does not count. */
  async #answer<Reply>(within: number): Promise<Reply> {
    const timer = new AbortController();
    const late = wait(within, 'late' as const, { signal: timer.signal }).catch(
      () => 'late' as const,
    );
    try {
      for (;;) {
        const line = await Promise.race([this.#lines.next(), late]);
        if (line === 'late') throw new TooSlowError(`no answer in ${within / 1000} s`);
        if (line.done === true) throw new Error(await this.#lastWords());
        if (line.value.startsWith('{')) return JSON.parse(line.value) as Reply;
      }
    } catch (error) {
      this.kill();
      throw error;
    } finally {
      timer.abort();
      this.#child.kill('SIGSTOP');
    }
  }

  async #lastWords(): Promise<string> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) {
      await once(this.#child, 'close');
    }
    const lines = this.#errors.trim().split('\n');
    return (
      lines.findLast((line) => /Error\b/.test(line)) ||
      lines.at(-1) ||
      `ended with ${this.#child.exitCode}`
    );
  }
}
