import type { Answer } from '../fetching/answer.js';
import { type FetchProgress, totalOf } from '../fetching/fetch-progress.js';
import { HttpError } from '../fetching/http-error.js';
import { MAX_DOWNLOAD_BYTES } from '../fetching/mirrors.js';
import { ownPart } from '../fetching/own-error.js';
import { askByNode } from './ask-by-node.js';
import type { PartFile } from './part-file.js';

/** The whole, a range, and that there is nothing in the range. */
const ANSWERS_TO_RANGES: ReadonlySet<number> = new Set([200, 206, 416]);

/** Options of {@link fill}. */
export interface FillOptions {
  readonly file: string;
  readonly onProgress: ((progress: FetchProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

/** How often one URL is asked again for what is missing. Every time has to bring something, too. */
const MAX_ATTEMPTS = 20;

/**
 * How many times in a row may bring less than a twentieth of the file. With no more than that a
 * time it would not be whole at the last, and each may have been waited for until the time-out.
 */
const MAX_POOR_ATTEMPTS = 3;

/**
 * Fills a file from a URL. Where the connection is cut or falls silent it asks for the rest, by
 * `Range`, and by `If-Range` where the server names a version; a server that answers with the whole
 * file has it start anew.
 *
 * @throws the last attempt's error when it brought nothing more, or the last few too little; what
 *   came before stays in `part`
 */
export async function fill(part: PartFile, url: string, options: FillOptions): Promise<void> {
  const { signal, timeout } = options;
  let version: string | undefined;
  let poor = 0;
  for (let attempt = 1; ; attempt++) {
    const before = part.bytes;
    const answer = await askByNode(url, { headers: headersFor(before, version), signal, timeout });
    try {
      if (ANSWERS_TO_RANGES.has(answer.status)) part.isInherited = false;
      // Nothing is missing.
      if (before > 0 && answer.status === 416) return;
      await startAt(part, answer);
      version = versionOf(answer);
      const cut = await receive(part, url, answer, options);
      if (cut === undefined) return;
      signal?.throwIfAborted();
      const share = (part.bytes - before) / (totalOf(answer) ?? part.bytes);
      poor = share < 1 / MAX_ATTEMPTS ? poor + 1 : 0;
      if (part.bytes <= before || poor === MAX_POOR_ATTEMPTS || attempt === MAX_ATTEMPTS) {
        throw cut.error;
      }
    } finally {
      answer.close();
    }
  }
}

function headersFor(from: number, version: string | undefined): Record<string, string> {
  // The bytes of the file itself; a part of it in some encoding would not be a part of it.
  const headers = { 'accept-encoding': 'identity' };
  if (from === 0) return headers;
  const range = { ...headers, range: `bytes=${from}-` };
  return version === undefined ? range : { ...range, 'if-range': version };
}

/** What `If-Range` may name: a strong ETag, or a date. */
function versionOf(answer: Answer): string | undefined {
  const etag = answer.header('etag');
  const strong = etag?.startsWith('"') ? etag : undefined;
  return strong ?? answer.header('last-modified');
}

/** Sees to it that what comes next belongs at the end of the part. */
async function startAt(part: PartFile, answer: Answer): Promise<void> {
  const { status } = answer;
  if (status === 206) {
    const range = answer.header('content-range');
    if (range?.startsWith(`bytes ${part.bytes}-`)) return;
    throw new Error(`expected the range from ${part.bytes}, got ${range}`);
  }
  if (status !== 200) throw new HttpError(status);
  if (part.bytes > 0) await ownPart(() => part.restart());
}

/** Reads the body to its end. A cut is returned; what is thrown is the caller's or the disk's. */
async function receive(
  part: PartFile,
  url: string,
  answer: Answer,
  { file, onProgress }: FillOptions,
): Promise<{ readonly error: unknown } | undefined> {
  const total = totalOf(answer);
  for (;;) {
    await ownPart(() => onProgress?.({ file, url, bytes: part.bytes, total }));
    const next = await answer.read().then(
      (chunk) => ({ chunk }),
      (error: unknown) => ({ error }),
    );
    if ('error' in next) return next;
    const { chunk } = next;
    if (chunk === undefined) return undefined;
    await ownPart(() => part.append(chunk));
    if (part.bytes > MAX_DOWNLOAD_BYTES) {
      throw new Error(`expected at most ${MAX_DOWNLOAD_BYTES} bytes, got more`);
    }
  }
}
