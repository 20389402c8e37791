import {
  embedded,
  mapOf,
  message,
  type MessageType,
  repeated,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';
import { type AttrValue, attrValue } from './attr-value.js';

/** A graph of computations, without the functions that it may call. */
export interface GraphDef {
  readonly node: readonly NodeDef[];
  readonly versions: VersionDef | undefined;
}

/** One computation. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** `name`, `name:1` for the second output, or `^name` for what has to come first. */
  readonly input: readonly string[];
  readonly device: string;
  readonly attr: ReadonlyMap<string, AttrValue>;
}

/** Which TensorFlow made the graph, and which may read it. */
interface VersionDef {
  readonly producer: number;
  readonly minConsumer: number;
  readonly badConsumers: readonly number[];
}

const nodeDef: MessageType<NodeDef> = message('NodeDef', {
  name: scalar(1, 'string'),
  op: scalar(2, 'string'),
  input: repeated(3, 'string'),
  device: scalar(4, 'string'),
  attr: mapOf(5, () => attrValue),
});

const versionDef: MessageType<VersionDef> = message('VersionDef', {
  producer: scalar(1, 'int32'),
  minConsumer: scalar(2, 'int32'),
  badConsumers: repeated(3, 'int32'),
});

export const graphDef: MessageType<GraphDef> = message('GraphDef', {
  node: repeatedMessage(1, () => nodeDef),
  versions: embedded(4, () => versionDef),
});
