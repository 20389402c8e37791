import { embedded, message, type MessageType, optional, scalar } from '../protobuf/message-type.js';
import { type Summary, summary } from './summary.js';

/** What one record of an event file holds: one of the kinds below, all others undefined. */
export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** `brain.Event:2`, in the first event of a file. */
  readonly fileVersion: string | undefined;
  /** A serialized GraphDef. */
  readonly graphDef: Uint8Array | undefined;
  readonly summary: Summary | undefined;
  readonly sessionLog: SessionLog | undefined;
  readonly taggedRunMetadata: TaggedRunMetadata | undefined;
  /** A serialized MetaGraphDef. */
  readonly metaGraphDef: Uint8Array | undefined;
  readonly sourceMetadata: SourceMetadata | undefined;
}

/** Who wrote the file. */
export interface SourceMetadata {
  readonly writer: string;
}

/** Says that a run starts (again), stops, or has kept its weights. */
export interface SessionLog {
  /** A {@link SessionStatus}. */
  readonly status: number;
  readonly checkpointPath: string;
  readonly msg: string;
}

/** What {@link SessionLog} tells. */
export const SessionStatus = { START: 1, STOP: 2, CHECKPOINT: 3 } as const;

/** What one run of a graph took. */
export interface TaggedRunMetadata {
  readonly tag: string;
  /** A serialized RunMetadata. */
  readonly runMetadata: Uint8Array;
}

const sourceMetadata: MessageType<SourceMetadata> = message('SourceMetadata', {
  writer: scalar(1, 'string'),
});

const sessionLog: MessageType<SessionLog> = message('SessionLog', {
  status: scalar(1, 'int32'),
  checkpointPath: scalar(2, 'string'),
  msg: scalar(3, 'string'),
});

const taggedRunMetadata: MessageType<TaggedRunMetadata> = message('TaggedRunMetadata', {
  tag: scalar(1, 'string'),
  runMetadata: scalar(2, 'bytes'),
});

export const event: MessageType<Event> = message('Event', {
  wallTime: scalar(1, 'double'),
  step: scalar(2, 'int64'),
  fileVersion: optional(3, 'string'),
  graphDef: optional(4, 'bytes'),
  summary: embedded(5, () => summary),
  sessionLog: embedded(7, () => sessionLog),
  taggedRunMetadata: embedded(8, () => taggedRunMetadata),
  metaGraphDef: optional(9, 'bytes'),
  sourceMetadata: embedded(10, () => sourceMetadata),
});
