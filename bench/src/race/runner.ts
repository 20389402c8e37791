import { spreadOf } from '../statistics.ts';
import { ContenderProcess, type StartOptions, TooSlowError } from './contender-process.ts';
import type { ContenderSpec } from './contenders.ts';
import type { ContenderResult } from './result.ts';

/** Limits in milliseconds. */
const limits = {
  /** A first step that takes longer, compiling included, ends it. */
  firstStep: 12_000,
  answer: 60_000,
  warmUp: 1200,
  /** What a contender gets of a round; one step it gets always. */
  round: 300,
  /** What it gets of the whole race, but one step at least. */
  whole: 8000,
  /** Slower ones need no step to get warm again after their sleep. */
  shortStep: 100,
  /** Slower ones are not asked for their kernels, which would take another step. */
  profiledStep: 3000,
} as const;

/** Of the loss, to tell whether it falls. */
const lossAt = 20;

/** A contender on its way through a race. */
export class Runner {
  readonly spec: ContenderSpec;
  readonly #milliseconds: number[] = [];
  readonly #losses: number[] = [];
  #process: ContenderProcess | undefined;
  #missing: string | undefined;
  #kernels: number | undefined;
  #peakBytes: number | undefined;
  #used = 0;
  #lastStep = 0;

  constructor(spec: ContenderSpec) {
    this.spec = spec;
  }

  get versions(): Readonly<Record<string, string>> {
    return this.#process?.versions ?? {};
  }

  /** Starts its process, which may be done for several at a time. */
  async start(options: Pick<StartOptions, 'python' | 'task'>): Promise<void> {
    await this.#unlessItFails(async () => {
      const { environment, program } = this.spec;
      const started = await ContenderProcess.start({ ...options, environment, program });
      if (typeof started === 'string') this.#missing = `not here: ${started}`;
      else this.#process = started;
    });
  }

  /** Gets it warm: compiled, its memory taken. */
  async warmUp(): Promise<void> {
    const started = this.#process;
    if (started === undefined) return;
    await this.#unlessItFails(async () => {
      await this.#run(1, 0, limits.firstStep);
      if (this.#lastStep < limits.warmUp) await this.#run(1000, limits.warmUp, limits.answer);
      if (this.spec.backend !== undefined && this.#lastStep < limits.profiledStep) {
        this.#kernels = await started.kernels(limits.answer);
      }
    });
  }

  /** Measures some steps. */
  async runRound(): Promise<void> {
    if (this.#process === undefined || this.#used + this.#lastStep > limits.whole) {
      if (this.#milliseconds.length > 0 || this.#process === undefined) return;
    }
    await this.#unlessItFails(async () => {
      if (this.#lastStep < limits.shortStep) await this.#run(1, 0, limits.answer);
      const times = await this.#run(1000, limits.round, limits.answer);
      this.#milliseconds.push(...times);
      this.#used += times.reduce((sum, time) => sum + time, 0);
    });
  }

  /** Ends its process. */
  end(): ContenderResult {
    this.#peakBytes = this.#process?.peakBytes;
    this.#process?.kill();
    const { name, title, kind, threads, backend, wide } = this.spec;
    const result = {
      name,
      title,
      kind,
      threads,
      ...(backend && { backend }),
      ...(wide && { wide }),
    };
    const missing = this.#missing ?? this.#whatIsWrong();
    if (missing !== undefined) return { ...result, missing };
    return {
      ...result,
      step: spreadOf(this.#milliseconds),
      steps: this.#milliseconds.length,
      losses: [this.#losses[0]!, this.#laterLoss],
      ...(this.#kernels === undefined ? {} : { kernels: this.#kernels }),
      ...(this.#peakBytes === undefined ? {} : { peakBytes: this.#peakBytes }),
    };
  }

  get #laterLoss(): number {
    return this.#losses[Math.min(lossAt, this.#losses.length) - 1]!;
  }

  /** On one batch again and again a loss has to fall, though a large step may throw it up for a while. */
  #whatIsWrong(): string | undefined {
    if (this.spec.kind === 'product') return undefined; // It has none.
    const [first, ...later] = this.#losses;
    if (first !== undefined && later.every(Number.isFinite) && Math.min(...later) < first) {
      return undefined;
    }
    return `broken: loss ${first} at the first step, ${this.#laterLoss} later`;
  }

  async #run(steps: number, milliseconds: number, within: number): Promise<readonly number[]> {
    const reply = await this.#process!.run(steps, milliseconds, within);
    this.#losses.push(...reply.losses);
    this.#lastStep = reply.milliseconds.at(-1)!;
    return reply.milliseconds;
  }

  async #unlessItFails(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message } = error as Error;
      this.#missing = `${error instanceof TooSlowError ? 'too slow' : 'broken'}: ${message}`;
      this.#process = undefined;
    }
  }
}
