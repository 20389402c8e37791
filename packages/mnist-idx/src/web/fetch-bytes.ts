import { type FetchProgress, totalOf } from '../fetching/fetch-progress.js';
import { HttpError } from '../fetching/http-error.js';
import { MAX_DOWNLOAD_BYTES } from '../fetching/mirrors.js';
import { ownPart } from '../fetching/own-error.js';
import { askByFetch } from './ask-by-fetch.js';

/** Options of {@link fetchBytes}. */
export interface FetchBytesOptions {
  readonly file: string;
  readonly onProgress: ((progress: FetchProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

/** All bytes of a URL. */
export async function fetchBytes(
  url: string,
  options: FetchBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { file, onProgress, signal, timeout } = options;
  const answer = await askByFetch(url, { signal, timeout });
  try {
    if (answer.status !== 200) throw new HttpError(answer.status);
    // An encoded body's length is that of the code, not of what is read.
    const total = answer.header('content-encoding') === undefined ? totalOf(answer) : undefined;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for (;;) {
      await ownPart(() => onProgress?.({ file, url, bytes, total }));
      const chunk = await answer.read();
      if (chunk === undefined) return concat(chunks, bytes);
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_DOWNLOAD_BYTES) {
        throw new Error(`expected at most ${MAX_DOWNLOAD_BYTES} bytes, got more`);
      }
    }
  } finally {
    answer.close();
  }
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
