/** Options of {@link openUrl}. */
export interface OpenUrlOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** How long the server may be silent, in milliseconds: before its answer, and between bytes. */
  readonly timeout: number;
}

/** A server's answer. */
export interface OpenedUrl {
  readonly response: Response;
  /** The next bytes of the body; undefined after the last. Rejects when the connection is cut. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Drops the rest of the body. */
  close(): void;
}

/**
 * Asks for a URL. A server that is silent for too long counts as one that is cut off; the time that
 * the reader itself takes between two reads does not count.
 */
export async function openUrl(url: string, options: OpenUrlOptions): Promise<OpenedUrl> {
  const { headers = {}, signal, timeout } = options;
  const own = new AbortController();
  const either = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
  const inTime = async <T>(promise: Promise<T>): Promise<T> => {
    const silent = new Error(`nothing came for ${timeout / 1000} s`);
    const timer = setTimeout(() => own.abort(silent), timeout);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  };
  const response = await inTime(fetch(url, { headers, signal: either }));
  const reader = response.body?.getReader();
  return {
    response,
    async read() {
      if (reader === undefined) return undefined;
      const { value } = await inTime(reader.read());
      return value;
    },
    close: () => own.abort(),
  };
}
