import type { BeginMessage, ProgressMessage, TestedMessage } from './messages.js';

/** A curve over the steps: one number a step of training, and one an epoch of test. */
export interface Curve {
  readonly steps: readonly number[];
  readonly train: readonly number[];
  /** As long as `steps`, null where there was no test. */
  readonly test: readonly (number | null)[];
}

interface GrowingCurve extends Curve {
  readonly steps: number[];
  readonly train: number[];
  readonly test: (number | null)[];
}

/** Steps that the time of a step is the median of. */
const timedSteps = 20;

/** What a training has said so far. */
export class Run {
  readonly #begin: BeginMessage;
  readonly #loss: GrowingCurve = { steps: [], train: [], test: [] };
  readonly #accuracy: GrowingCurve = { steps: [], train: [], test: [] };
  readonly #seconds: number[] = [];
  #latest: ProgressMessage | undefined;
  #latestStep: ProgressMessage | undefined;
  #latestTest: TestedMessage | undefined;

  constructor(begin: BeginMessage) {
    this.#begin = begin;
  }

  get begin(): BeginMessage {
    return this.#begin;
  }

  /** Steps in all its epochs. */
  get steps(): number {
    return this.#begin.epochs * this.#begin.trainBatches;
  }

  get loss(): Curve {
    return this.#loss;
  }

  get accuracy(): Curve {
    return this.#accuracy;
  }

  /** The last batch, be it of training or of test. */
  get latest(): ProgressMessage | undefined {
    return this.#latest;
  }

  /** The last batch of training. */
  get latestStep(): ProgressMessage | undefined {
    return this.#latestStep;
  }

  get latestTest(): TestedMessage | undefined {
    return this.#latestTest;
  }

  /**
   * Median of the last steps, of which the first step of all, where the GPU's programs are compiled,
   * does not say much; NaN before it.
   */
  get millisecondsPerStep(): number {
    const last = this.#seconds.slice(-timedSteps).toSorted((a, b) => a - b);
    return 1000 * (last[Math.floor(last.length / 2)] ?? Number.NaN);
  }

  add(message: ProgressMessage | TestedMessage): void {
    if (message.type === 'tested') {
      this.#latestTest = message;
      this.#loss.test[this.#loss.test.length - 1] = message.loss;
      this.#accuracy.test[this.#accuracy.test.length - 1] = message.accuracy;
      return;
    }
    this.#latest = message;
    if (message.phase === 'test') return;
    this.#latestStep = message;
    this.#seconds.push(message.seconds);
    grow(this.#loss, message.step, message.loss);
    grow(this.#accuracy, message.step, message.accuracy);
  }
}

function grow({ steps, train, test }: GrowingCurve, step: number, value: number): void {
  steps.push(step);
  train.push(value);
  test.push(null);
}
