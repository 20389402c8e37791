import { parseArgs } from 'node:util';
import { type ModelSpec, models } from '../models.ts';
import { contenders, type ContenderSpec } from './contenders.ts';

/** What a user can say to `pnpm bench`. */
export interface RaceCommandOptions {
  readonly models: readonly ModelSpec[];
  readonly contenders: readonly ContenderSpec[];
  /** Whether all take part, so that the result is worth keeping. */
  readonly isWhole: boolean;
  readonly rounds: number;
  readonly python: string | undefined;
}

export const usage = `pnpm bench [--models a,b] [--contenders a,b] [--rounds n] [--python path]

--models      ${models.map(({ name }) => name).join(', ')} (default: all)
--contenders  those whose names begin so: ${contenders.map(({ name }) => name).join(', ')}
              (default: all; only then results are kept)
--rounds      default 7
--python      an interpreter with tensorflow and torch (default: UNROLL_BENCH_PYTHON)`;

/** @throws Error if the arguments are not what `usage` says */
export function parseRaceOptions(args: readonly string[]): RaceCommandOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      models: { type: 'string' },
      contenders: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      python: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds: expected a whole number from 1, got ${values.rounds}`);
  }
  return {
    models: pick('--models', models, values.models, (name, word) => name === word),
    contenders: pick('--contenders', contenders, values.contenders, (name, word) =>
      name.startsWith(word),
    ),
    isWhole: values.contenders === undefined,
    rounds,
    python: pythonOf(values.python),
  };
}

/** The interpreter that was named: an empty name is none. */
export function pythonOf(option: string | undefined): string | undefined {
  return option ?? (process.env['UNROLL_BENCH_PYTHON'] || undefined);
}

function pick<Item extends { readonly name: string }>(
  option: string,
  all: readonly Item[],
  words: string | undefined,
  matches: (name: string, word: string) => boolean,
): readonly Item[] {
  if (words === undefined) return all;
  const wanted = words.split(',');
  const unknown = wanted.find((word) => !all.some(({ name }) => matches(name, word)));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name).join(', ');
    throw new RangeError(`${option}: expected of ${names}, got ${unknown}`);
  }
  return all.filter(({ name }) => wanted.some((word) => matches(name, word)));
}
