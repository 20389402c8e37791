import { extname } from 'node:path';
import { Command, Option } from 'commander';
import { listRuns } from '../reading/logdir/list-runs.js';
import { runBatches } from '../reading/logdir/read-run.js';
import { RESTARTS, type Restarts, scalarsOf } from '../reading/read-scalars.js';
import { csvLines, type Curve, jsonText } from './curve-formats.js';
import { type FilterOptions, matcher, withFilters } from './filters.js';
import { writeAside, writeOut } from './write-out.js';

const FORMATS = { csv: csvLines, json: jsonText } as const;

interface ExportOptions extends FilterOptions {
  readonly format?: keyof typeof FORMATS;
  readonly out?: string;
  readonly force?: boolean;
  readonly restarts: Restarts;
}

/** The `export` command. */
export function exportCommand(): Command {
  return withFilters(new Command('export'))
    .description('Print the scalars of a log directory as CSV or JSON.')
    .argument('<logdir>', 'log directory, or an event file')
    .addOption(
      new Option(
        '--format <name>',
        'what to make (default: json for a file *.json, else csv)',
      ).choices(Object.keys(FORMATS)),
    )
    .option('--out <file>', 'write a file; in a folder, scalars.csv or scalars.json')
    .option('--force', 'replace the file')
    .addOption(
      new Option('--restarts <rule>', 'points that a restarted run has written again')
        .choices(RESTARTS)
        .default('step'),
    )
    .action(async (logdir: string, options: ExportOptions) => {
      const { out, force = false } = options;
      const format = options.format ?? (extname(out ?? '') === '.json' ? 'json' : 'csv');
      const text = FORMATS[format](await curvesOf(logdir, options));
      if (out === undefined) await writeOut(text);
      else await writeAside(out, `scalars.${format}`, text, force);
    });
}

async function curvesOf(logdir: string, options: ExportOptions): Promise<Curve[]> {
  const isRun = matcher(options.run);
  const isTag = matcher(options.tag);
  const runs = (await listRuns(logdir)).filter(({ name }) => isRun(name));
  const curves: Curve[] = [];
  for (const run of runs) {
    for (const [tag, series] of await scalarsOf(runBatches(run.path, {}), options)) {
      if (isTag(tag)) curves.push({ run: run.name, tag, ...series });
    }
  }
  if (curves.length === 0) throw new Error(`${logdir}: expected scalars, got none`);
  return curves;
}
