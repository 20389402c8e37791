import type { Event } from '../messages/event.js';
import type { EventSource } from './event-source.js';
import { eventBatches } from './read-events.js';
import type { ReadOptions } from './read-options.js';
import { summaryOf } from './summary-of.js';
import type { LoggedSummary } from './summary.js';
import { TagMetadata } from './tag-metadata.js';

/**
 * All that is logged in an event file, value by value, each by its kind: TensorFlow 1's forms, those
 * of TensorFlow 2 and of PyTorch come out the same. Images, clips and strings of tensors are views of
 * the source's bytes: copy those that you keep.
 *
 * @param source - the bytes
 * @param options - see {@link ReadOptions}
 * @throws {@link EventFormatError} as {@link readEvents} does
 * @throws TypeError if the source holds no bytes
 */
export async function* readSummaries(
  source: EventSource,
  options: ReadOptions = {},
): AsyncGenerator<LoggedSummary, void, undefined> {
  for await (const batch of summaryBatches(eventBatches(source, options))) yield* batch;
}

/** What the events of one run hold, batch by batch. */
export async function* summaryBatches(
  batches: AsyncIterable<Iterable<Event>>,
): AsyncGenerator<Iterable<LoggedSummary>, void, undefined> {
  const tags = new TagMetadata();
  for await (const batch of batches) yield summariesOf(batch, tags);
}

function* summariesOf(
  events: Iterable<Event>,
  tags: TagMetadata,
): Generator<LoggedSummary, void, undefined> {
  for (const event of events) {
    for (const value of event.summary?.value ?? []) yield summaryOf(event, value, tags.of(value));
  }
}
