/** A value that is there, or comes: numbers that a GPU still holds. */
export type Later<T> = T | Promise<T>;

/** What `then` makes of the value: at once where it is there, so that most calls stay synchronous. */
export function whenThere<T, U>(value: Later<T>, then: (value: T) => Later<U>): Later<U> {
  return value instanceof Promise ? thenAwait(value, then) : then(value);
}

/** All of the values; at once where all are there. */
export function allThere<T>(values: readonly Later<T>[]): Later<T[]> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values)
    : (values as readonly T[]).slice();
}

async function thenAwait<T, U>(value: Promise<T>, then: (value: T) => Later<U>): Promise<U> {
  return then(await value);
}
