/** An error in its own words. `fetch` says no more than that it failed, and has the cause inside. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message || error.name;
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
