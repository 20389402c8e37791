export type { EventSink } from './event-sink.js';
export { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
export type { ImageDataLike, ImageInput } from './images/image-input.js';
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
export type { SummaryOptions } from './summaries/summary-options.js';
export type { TextInput } from './summaries/text-summary.js';
export { SummaryWriter } from './summary-writer.js';
export type { SummaryWriterOptions } from './summary-writer-options.js';
export type { NumberArray, NumbersInput, ShapedNumbers } from './values/numbers.js';
export type { TensorLike } from './values/tensor-like.js';
