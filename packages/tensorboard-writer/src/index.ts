export type { EventSink } from './event-sink.js';
export { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
export type { GraphDataType } from './graph/graph-data-type.js';
export type {
  GraphAttribute,
  GraphAttributeItem,
  GraphNode,
  GraphShape,
  GraphTensor,
} from './graph/graph-node.js';
export type { NodeStats } from './graph/node-stats.js';
export type { ImageDataLike, ImageInput, ImagesInput } from './images/image-input.js';
export type { EmbeddingOptions } from './projector/embedding-options.js';
export type { AudioOptions } from './summaries/audio-summary.js';
export type {
  CustomChart,
  CustomScalarsLayout,
  MarginSeries,
} from './summaries/custom-scalars-summary.js';
export type { HistogramCounts, HistogramOptions } from './summaries/histogram-summary.js';
export type {
  HParam,
  HParamColumn,
  HParamMetric,
  HParamsOptions,
} from './summaries/hparams-options.js';
export type { ImagesOptions } from './summaries/image-summary.js';
export type { Mesh, MeshOptions } from './summaries/mesh-summary.js';
export type { PRCurveCounts, PRCurveInput, PRCurveOptions } from './summaries/pr-curve-summary.js';
export type { EventOptions, SummaryOptions } from './summaries/summary-options.js';
export type { TextInput } from './summaries/text-summary.js';
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
export { SummaryWriter } from './summary-writer.js';
export type { SummaryWriterOptions } from './summary-writer-options.js';
export type { NumberArray, NumbersInput, ShapedNumbers } from './values/numbers.js';
export type { TensorLike } from './values/tensor-like.js';
