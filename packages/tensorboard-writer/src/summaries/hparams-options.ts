/** The value of a hyperparameter. */
export type HParam = number | string | boolean;

/** What is said about a column of the table. */
export interface HParamColumn {
  /** Name to show. Default the hyperparameter's. */
  readonly displayName?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  /** What the values are taken from: choices, or a range of numbers. */
  readonly domain?: readonly HParam[] | { readonly min: number; readonly max: number } | undefined;
}

/** A metric to show in the table: the last value of a scalar tag. */
export interface HParamMetric {
  readonly tag: string;
  /** The run of the tag, as a path below that of the hyperparameters: `validation`. */
  readonly group?: string | undefined;
  /** Name to show. Default the tag. */
  readonly displayName?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
}

/** What may be said about the hyperparameters of a run. */
export interface HParamsOptions {
  /**
   * The metrics in the table: tags, or final values by tag, which are written as scalars along.
   * Default all scalars of the runs that have hyperparameters.
   */
  readonly metrics?: readonly (string | HParamMetric)[] | Readonly<Record<string, number>>;
  /**
   * More about some hyperparameters. TensorBoard reads this and `metrics` from one of the runs, and
   * takes it for all.
   */
  readonly columns?: Readonly<Record<string, HParamColumn>>;
  /** Runs of one trial share a row, which shows their mean. Default a row of its own. */
  readonly trialId?: string | undefined;
  /** When this is written, in seconds since 1970. Default now. */
  readonly wallTime?: number | undefined;
  /** When the run began, in seconds since 1970. Default the wall time. */
  readonly startTime?: number | undefined;
  /** Step of the values in `metrics`. Default 0. */
  readonly step?: number | undefined;
}
