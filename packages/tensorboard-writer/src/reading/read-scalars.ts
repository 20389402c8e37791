import { kind } from '../checks/kind.js';
import { type Event, SessionStatus } from '../messages/event.js';
import type { EventSource } from './event-source.js';
import { eventBatches } from './read-events.js';
import type { ReadOptions } from './read-options.js';
import { ScalarColumns, type ScalarSeries } from './scalar-series.js';
import { scalarOf } from './summary-of.js';
import { TagMetadata } from './tag-metadata.js';

/**
 * What becomes of points that a restarted run has written again:
 *
 * - `step`: a point takes back those of its tag with the same step or a later one. So TensorBoard
 *   shows it today (its data server, the default).
 * - `session`: an event that says that a session starts at a step (`purgeStep`) takes back the points
 *   of all tags from that step on. So do TensorBoard's loader in Python and `EventAccumulator`.
 * - `keep`: nothing is taken back; the points are in the order of the file.
 */
export type Restarts = (typeof RESTARTS)[number];

export const RESTARTS = ['step', 'session', 'keep'] as const;

/** How scalars are read. */
export interface ReadScalarsOptions extends ReadOptions {
  /** What becomes of points that a restarted run has written again. Default `step`. */
  readonly restarts?: Restarts;
}

/**
 * The curves of an event file by their tags, in the order in which they begin. Every form of scalar
 * is one: a number, a tensor of one element of any type.
 *
 * @param source - the bytes
 * @param options - see {@link ReadScalarsOptions}
 * @throws {@link EventFormatError} (as a rejection) as {@link readEvents} does
 * @throws TypeError (as a rejection) if the source holds no bytes
 * @throws RangeError (as a rejection) if an option is outside its range
 */
export function readScalars(
  source: EventSource,
  options: ReadScalarsOptions = {},
): Promise<Map<string, ScalarSeries>> {
  return scalarsOf(eventBatches(source, options), options);
}

/** The curves of one run. */
export async function scalarsOf(
  batches: AsyncIterable<Iterable<Event>>,
  { restarts = 'step' }: ReadScalarsOptions,
): Promise<Map<string, ScalarSeries>> {
  checkRestarts(restarts);
  const table = new ScalarTable(restarts);
  for await (const batch of batches) for (const event of batch) table.add(event);
  return table.series();
}

class ScalarTable {
  readonly #restarts: Restarts;
  readonly #tags = new TagMetadata();
  readonly #columns = new Map<string, ScalarColumns>();

  constructor(restarts: Restarts) {
    this.#restarts = restarts;
  }

  add({ step, wallTime, summary, sessionLog }: Event): void {
    if (this.#restarts === 'session' && sessionLog?.status === SessionStatus.START) {
      for (const columns of this.#columns.values()) columns.dropFrom(step);
    }
    for (const value of summary?.value ?? []) {
      const scalar = scalarOf(value, this.#tags.of(value)?.pluginData?.pluginName);
      if (scalar !== undefined) this.#push(value.tag, [step, wallTime, scalar]);
    }
  }

  /** The curves so far. */
  series(): Map<string, ScalarSeries> {
    return new Map([...this.#columns].map(([tag, columns]) => [tag, columns.series()]));
  }

  #push(tag: string, [step, wallTime, value]: readonly [number, number, number]): void {
    let columns = this.#columns.get(tag);
    if (columns === undefined) {
      columns = new ScalarColumns();
      this.#columns.set(tag, columns);
    }
    if (this.#restarts === 'step') columns.dropTailFrom(step);
    columns.push(step, wallTime, value);
  }
}

function checkRestarts(restarts: unknown): void {
  if (RESTARTS.some((known) => known === restarts)) return;
  const message = `readScalars: restarts: expected one of ${RESTARTS.join(', ')}, got ${kind(restarts)}`;
  throw typeof restarts === 'string' ? new RangeError(message) : new TypeError(message);
}
