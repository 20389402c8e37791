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
export { SummaryWriter, type GraphOptions, type ScalarOptions } from './summary-writer.js';
export type { SummaryWriterOptions } from './summary-writer-options.js';
