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
export function totalOf({ headers }: Response): number | undefined {
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  // An encoded body's length is that of the code, not of what is read.
  const encoded = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  const length = range ?? (encoded ? null : headers.get('content-length'));
  return length === null ? undefined : Number(length);
}
