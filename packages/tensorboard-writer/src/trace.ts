export { type GraphTrace, traceGraph, type TraceGraphOptions } from './trace/trace-graph.js';
