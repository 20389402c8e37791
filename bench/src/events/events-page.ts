import { markdownTable } from '../race/markdown-table.ts';
import { spreadOf } from '../statistics.ts';
import type { LogRun } from './run-log-contender.ts';

/** One contender's runs, or why there are none. */
interface LogResult {
  readonly title: string;
  readonly runs: readonly LogRun[];
  readonly missing?: string;
}

export interface EventsPageOptions {
  readonly results: readonly LogResult[];
  readonly count: number;
  readonly rounds: number;
  readonly machine: string;
}

/** EVENTS.md: ours first, and how many times as fast it is as each of the others. */
export function eventsPage({ results, count, rounds, machine }: EventsPageOptions): string {
  const rates = results.map(({ runs }) => spreadOf(runs.map(({ seconds }) => count / seconds)));
  const ours = rates[0]?.median ?? Number.NaN;
  const rows = results.map(({ title, runs, missing }, i) => {
    const { lower, median, upper } = rates[i]!;
    const [run] = runs;
    if (run === undefined) return [title, `not here: ${missing}`];
    const bytes = (run.bytes / count).toFixed(2);
    const times = i === 0 ? '' : (ours / median).toFixed(1);
    return [title, thousands(median), `${thousands(lower)} to ${thousands(upper)}`, times, bytes];
  });
  const header = ['', 'scalars a second', 'quartiles', 'ours is as fast, times', 'bytes each'];
  const versions = new Set(results.flatMap(({ runs }) => runs.map(({ version }) => version)));
  return `# Logging scalars

Written by \`pnpm bench:events\`: ${thousands(count)} scalars of one tag into a new log directory, from before the writer
is made until it is closed, with each writer's defaults. Each run has a process of its own, whose start does not
count; the contenders took turns for ${rounds} rounds. Median and quartiles of the rounds.

${markdownTable(header, rows, { alignRight: [1, 2, 3, 4] })}

${[machine, ...versions].join('; ')}. ${new Date().toISOString().slice(0, 10)}.
`;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
