import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelSpec } from '../models.ts';
import { dominantProduct, productFlops, productRepeats } from '../step-flops.ts';
import { type ContenderSpec, measureOf } from './contenders.ts';
import { machine } from './machine.ts';
import { measureName, type RaceResult } from './result.ts';
import { Runner } from './runner.ts';
import { writeBatch } from './write-batch.ts';

export interface RaceOptions {
  readonly model: ModelSpec;
  readonly contenders: readonly ContenderSpec[];
  readonly rounds: number;
  readonly python: string | undefined;
  readonly command: string;
  /** Default true. */
  readonly measureProduct?: boolean;
  readonly onProgress?: (what: string) => void;
}

/** Races contenders on one model: all of them once in each round, asleep while it is not their turn. */
export async function raceModel(options: RaceOptions): Promise<RaceResult> {
  const {
    command,
    contenders,
    model,
    onProgress = () => {},
    python,
    rounds,
    measureProduct = true,
  } = options;
  const folder = await mkdtemp(join(tmpdir(), 'unroll-bench-'));
  try {
    const data = join(folder, 'batch');
    await writeBatch(data, model);
    const fitting = contenders.filter(({ fits }) => fits?.(model) ?? true);
    const measures = new Map(
      (measureProduct ? fitting.map(measureOf) : []).map((one) => [one.name, one]),
    );
    const runners = [...fitting, ...measures.values()].map((spec) => new Runner(spec));
    onProgress('start');
    await Promise.all(
      runners.map((runner) => {
        const { threads, variant } = runner.spec;
        return runner.start({ python, task: { model, data, threads, variant } });
      }),
    );
    for (const runner of runners) {
      onProgress(runner.spec.title);
      await runner.warmUp();
    }
    for (let round = 1; round <= rounds; round++) {
      onProgress(`round ${round}`);
      for (const runner of runners) await runner.runRound();
    }
    const versions = Object.assign(
      { Node: process.version },
      ...runners.map((one) => one.versions),
    );
    const results = runners.map((runner) => runner.end());
    return {
      model,
      date: new Date().toISOString().slice(0, 10),
      command,
      machine: machine(),
      versions,
      rounds,
      productSpeed: Object.fromEntries(
        results
          .filter(({ kind }) => kind === 'product')
          .map((one) => [measureName(one), productSpeed(model, one.threads, one.step?.median)]),
      ),
      contenders: results.filter(({ kind }) => kind !== 'product'),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** GFLOP/s */
function productSpeed(model: ModelSpec, threads: number, milliseconds = Number.NaN): number {
  const shape = dominantProduct(model);
  return (productFlops(shape) * productRepeats(shape, threads)) / milliseconds / 1e6;
}
