import type { GraphTensor } from './graph-node.js';

/** What one node of a graph took in one run. */
export interface NodeStats {
  /** The node's name in the graph. */
  readonly name: string;
  /** When it began, in microseconds from any moment. Default 0. */
  readonly startMicros?: number;
  /** How long it computed, in microseconds; at least 1 is written, for TensorBoard shows no less. */
  readonly micros: number;
  /** Memory that it asked for. Default none. */
  readonly bytes?: number;
  /** What its outputs were. Default not told. */
  readonly outputs?: readonly Pick<GraphTensor, 'dtype' | 'shape'>[];
  /** Where it ran. Default `/device:CPU:0`; TensorBoard wants names that end like that. */
  readonly device?: string;
}
