import { readFileSync } from 'node:fs';

/** A number in JSON, or the word for one that JSON does not have. */
export type GoldenNumber = number | 'nan' | 'inf' | '-inf';

/** Curves: for each tag points of wall time, step and value. */
export type GoldenCurves = Readonly<Record<string, readonly GoldenNumber[][]>>;

/** What TensorBoard's readers say of test/goldens/logs (test/goldens/make_logs.py). */
interface LogsGolden {
  /** Each run's values, brought into TensorFlow 2's forms; strings and bytes in base64. */
  readonly values: Readonly<Record<string, readonly GoldenValue[]>>;
  /** What EventAccumulator has: scalars that are numbers, not tensors. */
  readonly accumulated: Readonly<Record<string, GoldenCurves>>;
  /** What a running TensorBoard shows. */
  readonly shown: Readonly<Record<string, GoldenCurves>>;
}

export interface GoldenValue {
  readonly tag: string;
  readonly step: number;
  readonly wallTime: number;
  readonly plugin: string;
  readonly shape: readonly number[];
  readonly elements: readonly (number | string)[];
}

const folder = new URL('goldens/', import.meta.url);

export const logs: LogsGolden = JSON.parse(
  readFileSync(new URL('logs.json', folder), 'utf8'),
) as LogsGolden;

/** The directory of the logs, with a slash at its end. */
export const logsFolder: string = new URL('logs/', folder).pathname;

/** The way logs.json has a number. */
export function goldenNumber(value: number): GoldenNumber {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'inf' : '-inf';
}
