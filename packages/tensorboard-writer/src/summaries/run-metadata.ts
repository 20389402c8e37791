import { kind } from '../checks/kind.js';
import type { TaggedRunMetadata } from '../messages/event.js';

/** The bytes of a RunMetadata, copied, under a tag. */
export function runMetadataOf(where: string, tag: string, bytes: Uint8Array): TaggedRunMetadata {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`${where}: runMetadata: expected bytes, got ${kind(bytes)}`);
  }
  // Not by slice, which gives a view where it is a Buffer.
  return { tag, runMetadata: new Uint8Array(bytes) };
}
