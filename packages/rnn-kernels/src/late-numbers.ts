/** Numbers that are computed when somebody looks at them. */
export interface LateNumbers {
  /** Called at the first look, if there is one. */
  readonly fill: (values: Float32Array) => void;
  /** Called once, when nobody will ask any more. */
  readonly drop: () => void;
}

/**
 * What a backend of TensorFlow.js keeps of a tensor whose numbers are late. It reads fields of its entry
 * whenever it looks at numbers, and when it frees them: here those are accessors, which look first.
 */
export abstract class LateEntry {
  refCount = 1;
  readonly #numbers: LateNumbers;
  #late = true;

  constructor(numbers: LateNumbers) {
    this.#numbers = numbers;
  }

  /**
   * Lets the numbers be computed, the first time. A look when no tensor refers to the entry any more is that
   * of the backend which frees it: then nothing is.
   */
  protected look(): void {
    if (!this.#late) return;
    this.#late = false;
    const { fill, drop } = this.#numbers;
    if (this.refCount > 0) {
      try {
        fill(this.place());
      } catch (error) {
        // So that the next look does not take what is there for the numbers.
        this.#late = true;
        throw error;
      }
    }
    drop();
  }

  /** Where the numbers go; asked again, if they could not be computed. */
  protected abstract place(): Float32Array;
}
