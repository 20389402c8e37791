/** An error in its own words. Node's `fetch` says no more than that it failed, and has the cause inside. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inside = error instanceof TypeError ? error.cause : undefined;
  const { message, name } = inside instanceof Error ? inside : error;
  return message || name;
}
