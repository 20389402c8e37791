/** A server's answer. */
export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  /** The next bytes of the body; undefined after the last. Rejects when the connection is cut. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Drops the rest of the body. */
  close(): void;
}

/** What asking for a URL takes. */
export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** How long the server may be silent, in milliseconds: before its answer, and between bytes. */
  readonly timeout: number;
}
