import type { ImagesInput } from '../images/image-input.js';

/** What is shown with the points of an embedding. */
export interface EmbeddingOptions {
  /** A label for each point, or several columns of them by name. */
  readonly metadata?:
    | readonly (string | number)[]
    | Readonly<Record<string, readonly (string | number)[]>>
    | undefined;
  /** A picture for each point: `[points, height, width]` or with channels, or an array of them. */
  readonly images?: ImagesInput | undefined;
}
