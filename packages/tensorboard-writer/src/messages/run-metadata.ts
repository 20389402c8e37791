import {
  embedded,
  message,
  type MessageType,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';
import { type TensorShapeProto, tensorShapeProto } from './tensor-proto.js';

/** What one run of a graph took: the part that TensorBoard's graph shows. */
export interface RunMetadata {
  readonly stepStats: StepStats | undefined;
}

/** The run, device by device. */
interface StepStats {
  readonly devStats: readonly DeviceStepStats[];
}

/** What one device did. */
interface DeviceStepStats {
  /** Ends in `device:CPU:0` or the like. */
  readonly device: string;
  readonly nodeStats: readonly NodeExecStats[];
}

/** What one node took. */
export interface NodeExecStats {
  readonly nodeName: string;
  readonly allStartMicros: number;
  readonly opStartRelMicros: number;
  readonly opEndRelMicros: number;
  readonly allEndRelMicros: number;
  readonly memory: readonly AllocatorMemoryUsed[];
  readonly output: readonly NodeOutput[];
}

/** Memory that a node asked for. */
interface AllocatorMemoryUsed {
  readonly allocatorName: string;
  readonly totalBytes: number;
}

/** One output of a node, by its number. */
interface NodeOutput {
  readonly slot: number;
  readonly tensorDescription: TensorDescription | undefined;
}

/** What an output is. */
interface TensorDescription {
  /** A {@link DataType}. */
  readonly dtype: number;
  readonly shape: TensorShapeProto | undefined;
}

const allocatorMemoryUsed: MessageType<AllocatorMemoryUsed> = message('AllocatorMemoryUsed', {
  allocatorName: scalar(1, 'string'),
  totalBytes: scalar(2, 'int64'),
});

const tensorDescription: MessageType<TensorDescription> = message('TensorDescription', {
  dtype: scalar(1, 'int32'),
  shape: embedded(2, () => tensorShapeProto),
});

const nodeOutput: MessageType<NodeOutput> = message('NodeOutput', {
  slot: scalar(1, 'int32'),
  tensorDescription: embedded(3, () => tensorDescription),
});

const nodeExecStats: MessageType<NodeExecStats> = message('NodeExecStats', {
  nodeName: scalar(1, 'string'),
  allStartMicros: scalar(2, 'int64'),
  opStartRelMicros: scalar(3, 'int64'),
  opEndRelMicros: scalar(4, 'int64'),
  allEndRelMicros: scalar(5, 'int64'),
  memory: repeatedMessage(6, () => allocatorMemoryUsed),
  output: repeatedMessage(7, () => nodeOutput),
});

const deviceStepStats: MessageType<DeviceStepStats> = message('DeviceStepStats', {
  device: scalar(1, 'string'),
  nodeStats: repeatedMessage(2, () => nodeExecStats),
});

const stepStats: MessageType<StepStats> = message('StepStats', {
  devStats: repeatedMessage(1, () => deviceStepStats),
});

export const runMetadata: MessageType<RunMetadata> = message('RunMetadata', {
  stepStats: embedded(1, () => stepStats),
});
