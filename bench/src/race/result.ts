import type { ModelSpec } from '../models.ts';
import type { Spread } from '../statistics.ts';
import type { ContenderSpec } from './contenders.ts';

/** What became of a contender. */
export interface ContenderResult {
  readonly name: string;
  readonly title: string;
  readonly kind: ContenderSpec['kind'];
  readonly threads: number;
  readonly backend?: 'cpu' | 'tensorflow' | 'wasm';
  /** Whether V8 made wider vectors. */
  readonly wide?: true;
  /** Why there is no time: not here, broken, or too slow. */
  readonly missing?: string;
  /** Milliseconds of a training step. */
  readonly step?: Spread;
  /** How many steps were measured. */
  readonly steps?: number;
  /** Loss of the first step, and of the 20th or the last. */
  readonly losses?: readonly [number, number];
  readonly kernels?: number;
  readonly peakBytes?: number;
}

/** A race of one model, as results/ keeps it. */
export interface RaceResult {
  readonly model: ModelSpec;
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** Of the plain product, GFLOP/s by threads, and by threads with wide vectors (`2 wide`). */
  readonly productSpeed: Readonly<Record<string, number>>;
  readonly contenders: readonly ContenderResult[];
}

/** What a contender's speed is a share of, by its name in `productSpeed`. */
export function measureName({ threads, wide }: Pick<ContenderResult, 'threads' | 'wide'>): string {
  return `${threads}${wide ? ' wide' : ''}`;
}
