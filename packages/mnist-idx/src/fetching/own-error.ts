/**
 * What is no mirror's fault, but the disk's or that of the caller's own function: no other mirror
 * would do better. The `cause` says what.
 */
export class OwnError extends Error {
  override readonly name: string = 'OwnError';
}

/** Runs what has nothing to do with the mirror that is being asked. */
export async function ownPart<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new OwnError('expected no error on this side of the mirrors, got one', { cause });
  }
}

/** Lets a mirror's error be, so that the next may have its turn, but throws one of our own. */
export function throwIfOwn(error: unknown): void {
  if (error instanceof OwnError) throw error.cause;
}
