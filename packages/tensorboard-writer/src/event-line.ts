import type { Later } from './values/later.js';

/**
 * Keeps what is logged in the order of the calls, though some of it comes later: numbers that a GPU
 * still holds. Where nothing is waiting, what is there goes through at once.
 */
export class EventLine {
  #last: Promise<void> | undefined;
  #failures: unknown[] = [];

  /**
   * Calls `take` with the value when it is there, and all before it are through. A value that
   * fails to come, or to be taken when it came, is passed over, and {@link throwFailure} tells.
   */
  add<T>(value: Later<T>, take: (value: T) => void): void {
    if (this.#last === undefined && !(value instanceof Promise)) take(value);
    else this.#wait(value, take);
  }

  /** Resolves when all that was added so far is through; never rejects. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Throws what a value failed with, each once. */
  throwFailure(): void {
    if (this.#failures.length > 0) throw this.#failures.shift();
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#last === undefined;
  }

  #wait<T>(value: Later<T>, take: (value: T) => void): void {
    const turn = this.#takeInTurn(this.#last, value, take);
    this.#last = turn;
    void this.#leave(turn);
  }

  async #leave(turn: Promise<void>): Promise<void> {
    await turn;
    if (this.#last === turn) this.#last = undefined;
  }

  async #takeInTurn<T>(
    before: Promise<void> | undefined,
    value: Later<T>,
    take: (value: T) => void,
  ): Promise<void> {
    // Both at once: a value that fails before its turn must not go unhandled.
    const [outcome] = await Promise.allSettled([value, before]);
    try {
      if (outcome.status === 'rejected') throw outcome.reason;
      take(outcome.value);
    } catch (error) {
      this.#failures.push(error);
    }
  }
}
