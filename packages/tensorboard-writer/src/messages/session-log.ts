import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** SessionLog.SessionStatus of `tensorboard/compat/proto/event.proto`. */
export const SESSION_START = 1;

/** SessionLog: what became of the process that writes. */
export interface SessionLog {
  readonly status: typeof SESSION_START;
}

/** Writes the fields of a SessionLog. */
export function writeSessionLog(writer: BinaryWriter, { status }: SessionLog): void {
  writer.tag(1, WireType.Varint).int32(status);
}
