/*
 * What the race and a contender's process say to each other, a line of JSON each way. The race asks
 * `run STEPS MILLISECONDS` or `kernels`; Python's side of it is python/serve.py.
 */
import type { ModelSpec } from './models.ts';

/** What a contender is told when its process starts, as its one argument. */
export interface Task {
  readonly model: ModelSpec;
  /** The file with the batch: images as float32, then labels as int32. */
  readonly data: string;
  /** How many threads it may use. */
  readonly threads: number;
  /** What else its kind wants to know. */
  readonly variant: string;
}

/** A contender's first line. */
export type Greeting =
  | { readonly ready: true; readonly versions: Readonly<Record<string, string>> }
  | { readonly ready: false; readonly reason: string };

/** What `run` gives: of each step the milliseconds it took, and its loss. */
export interface RunReply {
  readonly milliseconds: readonly number[];
  readonly losses: readonly number[];
}

/** What `kernels` gives. */
export interface KernelsReply {
  readonly kernels: number;
}
