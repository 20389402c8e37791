import type { SummaryMetadata } from '../messages/summary-metadata.js';
import type { SummaryValue } from '../messages/summary.js';

/** What is known of the tags of one run: writers say it once, with the first value of each. */
export class TagMetadata {
  readonly #byTag = new Map<string, SummaryMetadata>();

  /** The metadata of a value's tag: what came with its first value that had some. */
  of({ tag, metadata }: SummaryValue): SummaryMetadata | undefined {
    const known = this.#byTag.get(tag);
    if (known !== undefined || metadata === undefined) return known;
    this.#byTag.set(tag, metadata);
    return metadata;
  }
}
