/** The most that a timer waits, 25 days: with more it would not wait at all. */
const MAX_DELAY = 2 ** 31 - 1;

/** Checks how long a caller wants to wait for a silent server. `where` begins the message. */
export function checkTimeout(timeout: number, where: string): void {
  if (timeout > 0) return;
  throw new RangeError(`${where}: timeout: expected more than 0 milliseconds, got ${timeout}`);
}

/**
 * Gives up on a server that is silent for too long, which then counts as one that is cut off. The
 * time that a reader itself takes between two reads does not count.
 */
export class Patience {
  /** Aborts by the caller's signal, and when patience is at its end. */
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #timeout: number;

  constructor(timeout: number, signal: AbortSignal | undefined) {
    const own = this.#own.signal;
    this.signal = signal === undefined ? own : AbortSignal.any([signal, own]);
    this.#timeout = timeout;
  }

  /** Waits for something, but not longer than `signal` lets it. Rejects with the signal's reason. */
  async waitFor<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    const silent = new Error(`nothing came for ${this.#timeout / 1000} s`);
    const timer = setTimeout(() => this.#own.abort(silent), Math.min(this.#timeout, MAX_DELAY));
    let onAbort = () => {};
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason as Error);
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort);
    });
    try {
      return await Promise.race([ended, promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  end(): void {
    this.#own.abort();
  }
}
