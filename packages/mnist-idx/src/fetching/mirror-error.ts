import { MnistError, type MnistFileId } from '../mnist-error.js';
import { reason } from './reason.js';

/** What came of one URL. */
export interface Failure {
  readonly url: string;
  readonly error: unknown;
}

/** The error of a file that no mirror gave. */
export function mirrorError(id: MnistFileId, failures: readonly Failure[]): MnistError {
  if (failures.length === 0) {
    return new MnistError(id, 'expected mirrors in the options or the table, got none');
  }
  const got = failures.map(({ url, error }) => `${url}: ${reason(error)}`).join('; ');
  const cause = new AggregateError(failures.map(({ error }) => error));
  return new MnistError(id, `expected it from a mirror, got ${got}`, { cause });
}
