/** Milliseconds: `setTimeout` fires at once when asked to wait longer than this. */
export const MAX_DELAY_MS: number = 2 ** 31 - 1;
