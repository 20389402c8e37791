import type { Answer } from './answer.js';

/** How far the download of a file is. */
export interface FetchProgress {
  /** The file's published name, or that of the archive which it is in. */
  readonly file: string;
  /** Where it is coming from. */
  readonly url: string;
  /** How many bytes are here. Less than before where a download had to begin anew. */
  readonly bytes: number;
  /** How many there will be, if the server says so. */
  readonly total: number | undefined;
}

/** How many bytes the whole file has, by what the server says; undefined where it says nothing. */
export function totalOf(answer: Answer): number | undefined {
  const range = /\/(\d+)$/.exec(answer.header('content-range') ?? '')?.[1];
  const length = range ?? answer.header('content-length');
  return length === undefined ? undefined : Number(length);
}
