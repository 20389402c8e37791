/** A server's answer that is not the file. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }

  /** Whether the server says that there is no such file. (Storage services also say 403 for that.) */
  get isMissing(): boolean {
    return this.status === 404 || this.status === 403;
  }
}
