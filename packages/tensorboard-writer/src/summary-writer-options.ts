import { checkNumber } from './checks/check-number.js';
import { checkObject } from './checks/check-object.js';
import { checkStep } from './checks/check-step.js';

/** How long a {@link SummaryWriter} holds events back, to write many at once, and where it starts. */
export interface SummaryWriterOptions {
  /** Events held in memory before they go to the sink; a whole number from 1. Default 10. */
  readonly maxQueue?: number;
  /** Seconds after which held events are flushed all the same; over 0. Default 120. */
  readonly flushSeconds?: number;
  /**
   * The first step that is written again, where a training goes on from a checkpoint and had logged
   * more: TensorBoard then drops what earlier files of the directory have from this step on. Its
   * default loader does so only as the steps come again, tag by tag. Default none.
   */
  readonly purgeStep?: number | undefined;
}

/** The options with their defaults filled in. */
export type FilledOptions = Required<SummaryWriterOptions>;

/**
 * Fills in the defaults.
 *
 * @param where - who complains: `SummaryWriter`
 * @throws TypeError if the options are no object, or one is no number
 * @throws RangeError if it is outside its range
 */
export function withDefaults(where: string, options: SummaryWriterOptions): FilledOptions {
  checkObject(`${where}: options`, options);
  const { maxQueue = 10, flushSeconds = 120, purgeStep } = options;
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
  if (purgeStep !== undefined) checkStep(`${where}: purgeStep`, purgeStep);
  return { maxQueue, flushSeconds, purgeStep };
}
