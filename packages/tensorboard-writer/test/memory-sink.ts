import type { EventSink, EventSinkOperation } from '@unroll/tensorboard-writer';
import { type ReadEvent, readEvents } from './read-events.js';

/** A sink in memory that remembers its calls, and can be slow and failing. */
export class MemorySink implements EventSink {
  readonly calls: EventSinkOperation[] = [];
  readonly writes: Uint8Array<ArrayBuffer>[] = [];
  /** What was written beside the event file. */
  readonly files: Map<string, Uint8Array> = new Map();
  /** What shall fail from now on, and how. */
  failing: { operation: EventSinkOperation; error: unknown } | undefined;
  #gate: Promise<void> = Promise.resolve();

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.calls.push('write');
    await this.#gate;
    this.#fail('write');
    this.writes.push(bytes);
  }

  writeFile(name: string, bytes: Uint8Array): void {
    this.record('writeFile');
    this.files.set(name, bytes);
  }

  flush(): void {
    this.record('flush');
  }

  close(): void {
    this.record('close');
  }

  /** Makes writes wait until the function that it returns is called. */
  hold(): () => void {
    let release: (() => void) | undefined;
    this.#gate = new Promise((resolve) => {
      release = resolve;
    });
    return () => release?.();
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.writes);
  }

  get events(): ReadEvent[] {
    return readEvents(this.bytes);
  }

  /** Tag, value and step of each scalar. */
  get scalars(): unknown[] {
    return this.events.slice(1).map(({ tag, value, step }) => [tag, value, step]);
  }

  protected record(operation: EventSinkOperation): void {
    this.calls.push(operation);
    this.#fail(operation);
  }

  #fail(operation: EventSinkOperation): void {
    if (this.failing?.operation === operation) throw this.failing.error;
  }
}

/** A sink in memory that can write at once, too. */
export class SyncMemorySink extends MemorySink {
  writeSync(bytes: Uint8Array<ArrayBuffer>): void {
    this.record('writeSync');
    this.writes.push(bytes);
  }

  flushSync(): void {
    this.record('flushSync');
  }

  writeFileSync(name: string, bytes: Uint8Array): void {
    this.record('writeFileSync');
    this.files.set(name, bytes);
  }
}
