import type { SummaryValue } from '../messages/summary.js';
import type { Init } from '../protobuf/message-type.js';
import type { HParam, HParamsOptions } from './hparams-options.js';
import { hparamsSummary, sessionEndSummary } from './hparams-summary.js';

/** The one session of a writer; TensorBoard reads one for each run. */
export class HParamsSession {
  #state: 'no session' | 'one that runs' | 'one that ended' = 'no session';

  /** Whether it has begun and not ended. */
  get isRunning(): boolean {
    return this.#state === 'one that runs';
  }

  /** @throws Error if it has begun already */
  begin(
    where: string,
    values: Readonly<Record<string, HParam>>,
    options: HParamsOptions,
  ): Init<SummaryValue>[] {
    if (this.#state !== 'no session') {
      throw new Error(`${where}: expected one call for each writer, got another`);
    }
    const { startTime = options.wallTime ?? Date.now() / 1000 } = options;
    const summary = hparamsSummary(where, values, { ...options, startTime });
    this.#state = 'one that runs';
    return summary;
  }

  /** @throws Error if it has not begun, or has ended */
  end(
    where: string,
    status: 'success' | 'failure',
    endTime: number = Date.now() / 1000,
  ): Init<SummaryValue> {
    if (!this.isRunning) {
      throw new Error(`${where}: expected a session that runs, got ${this.#state}`);
    }
    const summary = sessionEndSummary(where, status, endTime);
    this.#state = 'one that ended';
    return summary;
  }
}
