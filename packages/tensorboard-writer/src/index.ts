export type { EventSink } from './event-sink.js';
export { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
export {
  type Event,
  type SessionLog,
  SessionStatus,
  type SourceMetadata,
  type TaggedRunMetadata,
} from './messages/event.js';
export { DataClass, type PluginData, type SummaryMetadata } from './messages/summary-metadata.js';
export type {
  HistogramProto,
  Summary,
  SummaryAudio,
  SummaryImage,
  SummaryValue,
} from './messages/summary.js';
export {
  DataType,
  type TensorProto,
  type TensorShapeDim,
  type TensorShapeProto,
} from './messages/tensor-proto.js';
export { EventFormatError, type EventPlace } from './reading/event-format-error.js';
export type { EventSource } from './reading/event-source.js';
export { readEvents } from './reading/read-events.js';
export { MAX_RECORD_BYTES, type ReadOptions, type TornTail } from './reading/read-options.js';
export { readRecords } from './reading/read-records.js';
export { readScalars, type ReadScalarsOptions, type Restarts } from './reading/read-scalars.js';
export { readSummaries } from './reading/read-summaries.js';
export type { EventRecord } from './reading/record-splitter.js';
export type { ScalarSeries } from './reading/scalar-series.js';
export type {
  AudioSummary,
  HistogramSummary,
  HParams,
  HParamsSummary,
  ImageSummary,
  LoggedSummary,
  OtherSummary,
  ScalarSummary,
  SummaryPlace,
  TensorSummary,
  TextSummary,
} from './reading/summary.js';
export type {
  NumericArray,
  NumericDtype,
  NumericTensor,
  StringTensor,
  TensorValue,
} from './reading/tensor-value.js';
export { SummaryWriter, type ScalarOptions } from './summary-writer.js';
export type { SummaryWriterOptions } from './summary-writer-options.js';
