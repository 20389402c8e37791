import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a mirror was asked for. */
export interface Asked {
  readonly file: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** How a mirror answers for a file. `bytes` is undefined where there is no such file. */
export type Answer = (exchange: Exchange) => void;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bytes: Buffer;
  /** How often this file was asked for before. */
  readonly before: number;
}

/** A web server on this machine. */
export class Mirror {
  readonly asked: Asked[] = [];
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** Starts one that has these files, by name, and answers like this. */
  static async start(
    files: Readonly<Record<string, Uint8Array>>,
    answer: Answer = honest,
  ): Promise<Mirror> {
    const server = createServer((request, response) => {
      const file = (request.url ?? '').slice('/'.length);
      const before = mirror.asked.filter((other) => other.file === file).length;
      const { range, 'if-range': ifRange } = request.headers;
      mirror.asked.push({ file, range, ifRange: ifRange as string | undefined });
      const bytes = files[file];
      if (bytes === undefined) response.writeHead(404).end('not here');
      else answer({ request, response, bytes: Buffer.from(bytes), before });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const mirror = new Mirror(server, `http://127.0.0.1:${port}/`);
    return mirror;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

/** The version that honest answers name. */
export const ETAG = '"v1"';

/** Sends the file, or the range of it that is asked for. */
export function honest({ request, response, bytes }: Exchange): void {
  const start = startOf(request);
  if (start === undefined) {
    response.writeHead(200, { 'content-length': bytes.length, etag: ETAG }).end(bytes);
    return;
  }
  if (start >= bytes.length) {
    response.writeHead(416).end();
    return;
  }
  response.writeHead(206, rangeHeaders(start, bytes)).end(bytes.subarray(start));
}

/** Sends the file up to some byte, and then cuts the connection, unless asked for the rest. */
export function cutAt(share: number): Answer {
  return (exchange) => {
    const { request, response, bytes } = exchange;
    if (startOf(request) !== undefined) {
      honest(exchange);
      return;
    }
    response.writeHead(200, { 'content-length': bytes.length, etag: ETAG });
    response.write(bytes.subarray(0, bytes.length * share), () => response.destroy());
  };
}

/** Sends a part of the file, or of the range, and then nothing more for ever. */
export function stallAt(share: number): Answer {
  return ({ request, response, bytes }) => {
    const start = startOf(request) ?? 0;
    if (start > 0) response.writeHead(206, rangeHeaders(start, bytes));
    else response.writeHead(200, { 'content-length': bytes.length, etag: ETAG });
    response.write(bytes.subarray(start, start + (bytes.length - start) * share));
  };
}

/** Where the range begins that is asked for. */
export function startOf(request: IncomingMessage): number | undefined {
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

export function rangeHeaders(start: number, bytes: Uint8Array): Record<string, string | number> {
  return {
    'content-length': bytes.length - start,
    'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    etag: ETAG,
  };
}
