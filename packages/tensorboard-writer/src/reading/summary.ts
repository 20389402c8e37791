import type { SummaryValue } from '../messages/summary.js';
import type { TensorValue } from './tensor-value.js';

/** What was logged under one tag at one step, by its kind. */
export type LoggedSummary =
  | ScalarSummary
  | HistogramSummary
  | ImageSummary
  | AudioSummary
  | TextSummary
  | HParamsSummary
  | TensorSummary
  | OtherSummary;

/** What all kinds have. */
export interface SummaryPlace {
  readonly tag: string;
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** The plugin of TensorBoard that shows it (`scalars`, `pr_curves`); '' for TensorFlow 1's forms. */
  readonly plugin: string;
  /** Shown for the tag; '' where none was given. */
  readonly displayName: string;
  /** Markdown; '' where none was given. */
  readonly description: string;
}

export interface ScalarSummary extends SummaryPlace {
  readonly kind: 'scalar';
  readonly value: number;
}

/** Counts in buckets, from left to right. */
export interface HistogramSummary extends SummaryPlace {
  readonly kind: 'histogram';
  readonly lefts: Float64Array;
  readonly rights: Float64Array;
  readonly counts: Float64Array;
}

export interface ImageSummary extends SummaryPlace {
  readonly kind: 'image';
  readonly width: number;
  readonly height: number;
  /** A file each: PNG as a rule, or what the writer took. */
  readonly images: readonly Uint8Array[];
}

export interface AudioSummary extends SummaryPlace {
  readonly kind: 'audio';
  /** A file each: WAV as a rule. */
  readonly clips: readonly Uint8Array[];
}

export interface TextSummary extends SummaryPlace {
  readonly kind: 'text';
  /** Of `texts`: empty for one text, `[rows, columns]` for a table. */
  readonly shape: readonly number[];
  /** Markdown, in row-major order. */
  readonly texts: readonly string[];
}

/** With what a run was started. */
export interface HParamsSummary extends SummaryPlace {
  readonly kind: 'hparams';
  readonly hparams: HParams;
}

/** Hyperparameters by their names. */
export type HParams = ReadonlyMap<string, number | string | boolean>;

/** A tensor of another plugin: PR curves, meshes, one's own. */
export interface TensorSummary extends SummaryPlace {
  readonly kind: 'tensor';
  readonly tensor: TensorValue;
}

/** All else, as it stands: what only has metadata, and tensors of other types. */
export interface OtherSummary extends SummaryPlace {
  readonly kind: 'other';
  readonly value: SummaryValue;
}
