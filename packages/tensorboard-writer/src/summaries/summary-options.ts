import { checkObject } from '../checks/check-object.js';
import { checkString } from '../checks/check-string.js';
import { checkWallTime } from '../checks/check-wall-time.js';
import type { SummaryMetadata } from '../messages/summary-metadata.js';
import type { Init } from '../protobuf/message-type.js';

/** What may be said about an event of any kind. */
export interface EventOptions {
  /** When it was measured, in seconds since 1970. Default now. */
  readonly wallTime?: number | undefined;
}

/** What may be said about a value of any kind. */
export interface SummaryOptions extends EventOptions {
  /**
   * Name that TensorBoard shows in place of the tag. It reads this and the description from the
   * first event of each tag only.
   */
  readonly displayName?: string | undefined;
  /** What the tag means, in Markdown; TensorBoard shows it on demand. */
  readonly description?: string | undefined;
}

/**
 * Asserts that the options that all kinds share are right.
 *
 * @throws TypeError if one is of another type
 * @throws RangeError if the wall time is not finite, or a text not well-formed Unicode
 */
export function checkSummaryOptions(where: string, options: SummaryOptions): void {
  checkObject(`${where}: options`, options);
  const { wallTime, displayName, description } = options;
  if (wallTime !== undefined) checkWallTime(`${where}: wallTime`, wallTime);
  if (displayName !== undefined) checkString(`${where}: displayName`, displayName);
  if (description !== undefined) checkString(`${where}: description`, description);
}

/**
 * Says which plugin shows a tag. The data class stays out, as in TensorFlow's own summaries:
 * loaders derive it from the plugin's name, and some of them convert older forms only without it.
 *
 * @param content - the plugin's own message
 */
export function metadataOf(
  pluginName: string,
  options: SummaryOptions,
  content?: Uint8Array,
): Init<SummaryMetadata> {
  return {
    pluginData: { pluginName, content },
    displayName: options.displayName,
    summaryDescription: options.description,
  };
}
