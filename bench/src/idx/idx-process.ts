import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface IdxProcessOptions {
  readonly command: string;
  /** Of the command's own. */
  readonly flags?: readonly string[];
  /** The worker, beside this file or in ../../python. */
  readonly program: URL;
  /** What it is told: the raw file, and the gzipped one. */
  readonly files: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process with the files in memory, which does one task at a time and sleeps between. */
export class IdxProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor({ command, flags = [], program, files, environment }: IdxProcessOptions) {
    this.#child = spawn(command, [...flags, fileURLToPath(program), ...files], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Has a task done, and gives its answer: milliseconds, or bytes, or a hash. */
  async ask<Answer extends number | string>(task: string): Promise<Answer> {
    this.#child.stdin.write(`${task}\n`);
    const { done, value } = await this.#lines.next();
    if (done === true) throw new Error(`${task}: no answer (the process ended)`);
    return JSON.parse(value) as Answer;
  }

  end(): void {
    this.#child.stdin.end();
  }
}
