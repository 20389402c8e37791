/** The four letters of `hello`, one-hot: a letter's place is its class. */
export const letters = ['h', 'e', 'l', 'o'] as const;

export const h: number[] = [1, 0, 0, 0];
export const e: number[] = [0, 1, 0, 0];
export const l: number[] = [0, 0, 1, 0];
export const o: number[] = [0, 0, 0, 1];
