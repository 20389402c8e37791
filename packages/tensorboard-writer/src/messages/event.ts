import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type SessionLog, writeSessionLog } from './session-log.js';
import { type Summary, writeSummary } from './summary.js';

/** Event: what one record holds; field numbers of `tensorboard/compat/proto/event.proto`. */
export interface EventMessage {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** Default 0. */
  readonly step?: number;
  readonly what: EventContent;
}

/** What an event says: the start of a file, a summary, or that a training began (again). */
type EventContent =
  | { readonly fileVersion: string; readonly writer: string }
  | { readonly summary: Summary }
  | { readonly sessionLog: SessionLog };

/** The bytes of an Event, fields in order and zeros left out, as TensorFlow writes them. */
export function encodeEvent({ wallTime, step = 0, what }: EventMessage): Uint8Array {
  const writer = new BinaryWriter();
  if (wallTime !== 0) writer.tag(1, WireType.Bit64).double(wallTime);
  if (step !== 0) writer.tag(2, WireType.Varint).int64(step);
  if ('summary' in what) {
    writer.tag(5, WireType.LengthDelimited).fork();
    writeSummary(writer, what.summary);
    writer.join();
  } else if ('sessionLog' in what) {
    writer.tag(7, WireType.LengthDelimited).fork();
    writeSessionLog(writer, what.sessionLog);
    writer.join();
  } else {
    writer.tag(3, WireType.LengthDelimited).string(what.fileVersion);
    writer.tag(10, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(what.writer);
    writer.join();
  }
  return writer.finish();
}
