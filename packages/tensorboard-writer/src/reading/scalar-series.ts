/** A curve: the points of one scalar tag, one place in each array for each. */
export interface ScalarSeries {
  readonly steps: Float64Array;
  /** Seconds since 1970. */
  readonly wallTimes: Float64Array;
  /** As float64, which holds what was logged exactly; most scalars are float32. */
  readonly values: Float64Array;
}

const FIRST_CAPACITY = 64;

/** A {@link ScalarSeries} that grows. */
export class ScalarColumns {
  #length = 0;
  #steps = new Float64Array(FIRST_CAPACITY);
  #wallTimes = new Float64Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);

  push(step: number, wallTime: number, value: number): void {
    if (this.#length === this.#steps.length) this.#grow();
    this.#steps[this.#length] = step;
    this.#wallTimes[this.#length] = wallTime;
    this.#values[this.#length] = value;
    this.#length++;
  }

  /** Takes back the last points while their step is `step` or later. */
  dropTailFrom(step: number): void {
    while (this.#length > 0 && this.#steps[this.#length - 1]! >= step) this.#length--;
  }

  /** Takes back all points whose step is `step` or later. */
  dropFrom(step: number): void {
    const { steps, wallTimes, values } = this.series();
    this.#length = 0;
    for (let i = 0; i < steps.length; i++) {
      if (steps[i]! < step) this.push(steps[i]!, wallTimes[i]!, values[i]!);
    }
  }

  /** The points so far, in arrays of their own. */
  series(): ScalarSeries {
    return {
      steps: this.#steps.slice(0, this.#length),
      wallTimes: this.#wallTimes.slice(0, this.#length),
      values: this.#values.slice(0, this.#length),
    };
  }

  #grow(): void {
    this.#steps = doubled(this.#steps);
    this.#wallTimes = doubled(this.#wallTimes);
    this.#values = doubled(this.#values);
  }
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * array.length);
  longer.set(array);
  return longer;
}
