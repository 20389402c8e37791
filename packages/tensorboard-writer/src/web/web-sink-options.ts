import { eventFileName } from '../event-file-name.js';

/** How the event file of a page is named. */
export interface WebSinkOptions {
  /** Ends the name of the event file (`.v2`); no path separators. Default none. */
  readonly filenameSuffix?: string;
}

let nextUid = 0;

/**
 * A name for the event file of a page, which has neither host nor process:
 * `events.out.tfevents.<seconds>.page.0.<uid><suffix>`.
 *
 * @param others - the names in its directory
 */
export function webFileName(
  { filenameSuffix = '' }: WebSinkOptions,
  others: readonly string[],
): string {
  const seconds = Date.now() / 1000;
  const parts = { seconds, host: 'page', pid: 0, uid: nextUid++, suffix: filenameSuffix };
  return eventFileName(parts, others);
}
