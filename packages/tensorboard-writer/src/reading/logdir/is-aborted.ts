/** A call, as the compiler would take a comparison to hold for all that comes after it. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
