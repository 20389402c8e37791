/**
 * A log directory cannot be written. Nothing half-made is left: a directory or file made on the way
 * is gone again. `cause` is the system's error.
 */
export class LogdirError extends Error {
  override readonly name = 'LogdirError';
  /** The directory, as the caller named it. */
  readonly logdir: string;

  constructor(logdir: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `openLogdir: logdir: expected a directory that can be written, got ${logdir} (${reason})`,
      {
        cause,
      },
    );
    this.logdir = logdir;
  }
}
