import type { RecordQueue } from '../record-queue.js';
import type { EmbeddingFiles } from './embedding-files.js';
import { type EmbeddingInfo, projectorConfig } from './projector-config.js';

/** The embeddings of a log directory, and the file that lists them. */
export class Projector {
  readonly #queue: RecordQueue;
  readonly #embeddings = new Map<string, EmbeddingInfo>();

  constructor(queue: RecordQueue) {
    this.#queue = queue;
  }

  /**
   * Asserts that the sink writes files.
   *
   * @throws Error if it does not
   */
  checkSink(where: string): void {
    if (!this.#queue.takesFiles) {
      throw new Error(`${where}: expected a sink with writeFile, got one without`);
    }
  }

  /** Writes an embedding, in place of one of the same tag and step, and the list anew. */
  add({ info, files }: EmbeddingFiles): void {
    this.#embeddings.set(info.tensorPath, info);
    for (const [name, bytes] of files) this.#queue.writeFile(name, bytes);
    const config = projectorConfig(this.#embeddings.values());
    this.#queue.writeFile('projector_config.pbtxt', new TextEncoder().encode(config));
  }
}
