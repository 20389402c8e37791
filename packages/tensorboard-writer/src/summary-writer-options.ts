import { checkNumber } from './checks/check-number.js';

/** How long a {@link SummaryWriter} holds events back, to write many at once. */
export interface SummaryWriterOptions {
  /** Events held in memory before they go to the sink; a whole number from 1. Default 10. */
  readonly maxQueue?: number;
  /** Seconds after which held events are flushed all the same; over 0. Default 120. */
  readonly flushSeconds?: number;
}

/**
 * Fills in the defaults.
 *
 * @param where - who complains: `SummaryWriter`
 * @throws TypeError if an option is no number
 * @throws RangeError if it is outside its range
 */
export function withDefaults(
  where: string,
  options: SummaryWriterOptions,
): Required<SummaryWriterOptions> {
  const { maxQueue = 10, flushSeconds = 120 } = options;
  checkNumber(
    `${where}: maxQueue`,
    maxQueue,
    'a whole number from 1',
    (value) => Number.isSafeInteger(value) && value >= 1,
  );
  checkNumber(
    `${where}: flushSeconds`,
    flushSeconds,
    'a number of seconds over 0',
    (value) => value > 0,
  );
  return { maxQueue, flushSeconds };
}
