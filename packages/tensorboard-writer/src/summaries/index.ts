export { type AudioOptions, audioSummary } from './audio-summary.js';
export { type CustomScalarsLayout, customScalarsSummary } from './custom-scalars-summary.js';
export {
  type HistogramCounts,
  type HistogramOptions,
  histogramRawSummary,
  histogramSummary,
} from './histogram-summary.js';
export type { HParam, HParamsOptions } from './hparams-options.js';
export { HParamsSession } from './hparams-session.js';
export { type ImagesOptions, imagesSummary, imageSummary } from './image-summary.js';
export { type Mesh, type MeshOptions, meshSummary } from './mesh-summary.js';
export {
  type PRCurveCounts,
  type PRCurveInput,
  type PRCurveOptions,
  prCurveRawSummary,
  prCurveSummary,
} from './pr-curve-summary.js';
export { isPlainScalar, scalarsSummary, scalarSummary } from './scalar-summary.js';
export type { EventOptions, SummaryOptions } from './summary-options.js';
export { type TextInput, textSummary } from './text-summary.js';
