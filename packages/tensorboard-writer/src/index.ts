export type { EventSink } from './event-sink.js';
export { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
export { SummaryWriter, type ScalarOptions } from './summary-writer.js';
export type { SummaryWriterOptions } from './summary-writer-options.js';
