import type { ContenderSpec } from '../race/contenders.ts';
import { raceModel } from '../race/race-model.ts';
import type { ContenderResult } from '../race/result.ts';
import type { Sweep } from './sweeps.ts';

/** One contender's time at one size. */
export interface GrowthPoint {
  readonly size: number;
  readonly title: string;
  /** Median milliseconds of a training step. */
  readonly milliseconds: number;
  readonly peakBytes: number | undefined;
}

export interface GrowOptions {
  readonly sweep: Sweep;
  readonly contenders: readonly ContenderSpec[];
  readonly python: string | undefined;
  readonly onProgress: (what: string) => void;
}

const rounds = 3;

/** Races the contenders at each size. Those that are not here are left out. */
export async function grow(options: GrowOptions): Promise<readonly GrowthPoint[]> {
  const { contenders, onProgress, python, sweep } = options;
  const points: GrowthPoint[] = [];
  for (const model of sweep.models) {
    const size = model[sweep.name];
    onProgress(`${sweep.name} ${size}`);
    const race = await raceModel({
      model,
      contenders,
      rounds,
      python,
      command: '',
      measureProduct: false,
    });
    points.push(...race.contenders.flatMap((one) => pointOf(size, one)));
  }
  return points;
}

function pointOf(size: number, { peakBytes, step, title }: ContenderResult): GrowthPoint[] {
  return step === undefined ? [] : [{ size, title, milliseconds: step.median, peakBytes }];
}
