/** A layer cannot be written in the other system's convention; the message ends in the reason. */
export class ConversionError extends RangeError {
  override readonly name = 'ConversionError';
}

export interface Refusal {
  readonly expected: string;
  readonly got: string;
  /** Why nothing else will do. */
  readonly reason: string;
}

/** Throws a {@link ConversionError} that says where, what was expected, what came, and why. */
export function refuse(where: string, { expected, got, reason }: Refusal): never {
  throw new ConversionError(`${where}: expected ${expected}, got ${got} (${reason})`);
}
