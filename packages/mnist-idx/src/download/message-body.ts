import type { IncomingMessage } from 'node:http';

/** How much may wait for the reader before the server has to, in bytes. */
const MAX_QUEUED = 4 * 1024 * 1024;

/**
 * The body of a message, piece by piece. Unlike the stream's own iterator it first gives all that
 * came before a connection was cut, and then the error: what has come need not come again.
 */
export class MessageBody {
  readonly #message: IncomingMessage;
  #queue: Uint8Array<ArrayBuffer>[] = [];
  #queued = 0;
  #end: 'running' | 'whole' | Error = 'running';
  #wake: () => void = () => {};

  constructor(message: IncomingMessage) {
    this.#message = message;
    message.on('data', (chunk: Uint8Array<ArrayBuffer>) => {
      this.#queue.push(chunk);
      this.#queued += chunk.length;
      if (this.#queued > MAX_QUEUED) message.pause();
      this.#wake();
    });
    message.on('end', () => this.#finish('whole'));
    message.on('error', (error) => this.#finish(error));
  }

  /** All that has come since the last call, or else the next that comes; undefined at the end. */
  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#queue.length === 0) {
      if (this.#end instanceof Error) throw this.#end;
      if (this.#end === 'whole') return undefined;
      // oxlint-disable-next-line no-await-in-loop -- it waits for what the loop looks at
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const chunks = this.#queue;
    this.#queue = [];
    this.#queued = 0;
    this.#message.resume();
    return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  }

  #finish(end: 'whole' | Error): void {
    this.#end = end;
    this.#wake();
  }
}
