import { chunksOf, type EventSource } from './event-source.js';
import { maxRecordBytesOf, type ReadOptions, reportTail } from './read-options.js';
import { type EventRecord, RecordSplitter } from './record-splitter.js';

/**
 * The records of an event file, or of any TFRecord file, as they are: checked, not decoded.
 *
 * @param source - the bytes
 * @param options - see {@link ReadOptions}
 * @throws {@link EventFormatError} at a record whose checksum is wrong, or that is over the limit
 * @throws TypeError if the source holds no bytes
 */
export async function* readRecords(
  source: EventSource,
  options: ReadOptions = {},
): AsyncGenerator<EventRecord, void, undefined> {
  for await (const batch of recordBatches(source, options)) yield* batch;
}

/** The records of a source, those that came together in one batch: a promise for each is slow. */
export async function* recordBatches(
  source: EventSource,
  options: ReadOptions,
): AsyncGenerator<Iterable<EventRecord>, void, undefined> {
  const splitter = new RecordSplitter(maxRecordBytesOf(options));
  for await (const chunk of chunksOf(source)) {
    splitter.push(chunk);
    yield wholeRecords(splitter);
  }
  reportTail(options, splitter);
}

/** The records that have come whole. */
export function* wholeRecords(splitter: RecordSplitter): Generator<EventRecord, void, undefined> {
  for (let record = splitter.next(); record !== undefined; record = splitter.next()) yield record;
}
