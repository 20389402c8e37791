/** Base URLs, each with a slash at its end. */
export function baseUrls(mirrors: Mirrors): readonly string[] {
  const all = typeof mirrors === 'string' || mirrors instanceof URL ? [mirrors] : mirrors;
  return all.map((mirror) => String(mirror).replace(/\/*$/, '/'));
}

/** One base URL or several, to be tried in order. */
export type Mirrors = string | URL | readonly (string | URL)[];

/** How long a server may be silent unless the caller says otherwise, in milliseconds. */
export const DEFAULT_TIMEOUT = 30_000;

/**
 * The most bytes that are taken from a server: 1 GiB. EMNIST's archive, the largest of the family's
 * files, has 562 million.
 */
export const MAX_DOWNLOAD_BYTES: number = 2 ** 30;

/** A name that a folder and a URL can have: `Fashion-MNIST` becomes `fashion-mnist`. */
export function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || '-';
}
