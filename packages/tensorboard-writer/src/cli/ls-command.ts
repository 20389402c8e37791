import { Command } from 'commander';
import { listRuns } from '../reading/logdir/list-runs.js';
import { type FilterOptions, matcher, withFilters } from './filters.js';
import { jsonOf } from './json.js';
import { listTags, type TagLine } from './list-tags.js';
import { table } from './table.js';

interface LsOptions extends FilterOptions {
  readonly json?: boolean;
}

const HEAD = ['RUN', 'TAG', 'KIND', 'COUNT', 'FIRST', 'LAST', 'LAST VALUE'];

/**
 * The `ls` command.
 *
 * @param fail - told of a run that cannot be read; the others are listed all the same
 */
export function lsCommand(fail: (error: unknown) => void): Command {
  return withFilters(new Command('ls'))
    .description('List the runs of a log directory: tags, kinds, steps and last values.')
    .argument('<logdir>', 'log directory, or an event file')
    .option('--json', 'print JSON, a line for each tag')
    .action(async (logdir: string, options: LsOptions) => {
      const lines = await linesOf(logdir, options, fail);
      process.stdout.write(options.json === true ? jsonLines(lines) : asTable(lines));
    });
}

async function linesOf(
  logdir: string,
  options: LsOptions,
  fail: (error: unknown) => void,
): Promise<TagLine[]> {
  const runs = await listRuns(logdir);
  if (runs.length === 0) throw new Error(`${logdir}: expected event files, got none`);
  const isRun = matcher(options.run);
  const isTag = matcher(options.tag);
  const lines: TagLine[] = [];
  for (const run of runs.filter(({ name }) => isRun(name))) {
    await listTags(run, (found) => {
      for (const line of found) if (isTag(line.tag)) lines.push(line);
    }).catch(fail);
  }
  return lines;
}

function asTable(lines: readonly TagLine[]): string {
  return table(
    HEAD,
    lines.map(({ run, tag, kind, count, firstStep, lastStep, last }) => [
      run,
      tag,
      kind,
      count,
      firstStep,
      lastStep,
      last,
    ]),
  );
}

function jsonLines(lines: readonly TagLine[]): string {
  return lines.map((line) => `${jsonOf(line)}\n`).join('');
}
