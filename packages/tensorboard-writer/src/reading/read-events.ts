import { event, type Event } from '../messages/event.js';
import { decodeMessage } from '../protobuf/decode-message.js';
import { EventFormatError } from './event-format-error.js';
import type { EventSource } from './event-source.js';
import type { ReadOptions } from './read-options.js';
import { recordBatches } from './read-records.js';
import type { EventRecord } from './record-splitter.js';

/**
 * The events of an event file, in the order of the file. A file that ends within a record ends
 * there without an error (see {@link ReadOptions.onTail}): that is what a killed process leaves,
 * and what a file looks like that is being written.
 *
 * Bytes in an event are views of the source's: copy those that you keep.
 *
 * @param source - the bytes
 * @param options - see {@link ReadOptions}
 * @throws {@link EventFormatError} at a record whose checksum is wrong, that is over the limit, or
 *   that holds no event; the events before it have been given
 * @throws TypeError if the source holds no bytes
 */
export async function* readEvents(
  source: EventSource,
  options: ReadOptions = {},
): AsyncGenerator<Event, void, undefined> {
  for await (const batch of eventBatches(source, options)) yield* batch;
}

/** The events of a source, those that came together in one batch. */
export async function* eventBatches(
  source: EventSource,
  options: ReadOptions,
): AsyncGenerator<Iterable<Event>, void, undefined> {
  for await (const batch of recordBatches(source, options)) yield eventsOf(batch);
}

/** Decodes records as they are asked for. */
export function* eventsOf(
  records: Iterable<EventRecord>,
  path?: string,
): Generator<Event, void, undefined> {
  for (const record of records) yield eventOf(record, path);
}

function eventOf({ data, offset }: EventRecord, path: string | undefined): Event {
  try {
    return decodeMessage(event, data);
  } catch (error) {
    // Whatever it says (the bytes end within a field, a tag is none), these bytes are no event.
    const reason = error instanceof Error ? error.message : String(error);
    throw new EventFormatError(
      `expected an event, got ${data.length} bytes that are none (${reason})`,
      { offset, path },
      { cause: error },
    );
  }
}
