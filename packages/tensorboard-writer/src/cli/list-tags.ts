import { summaryBatches } from '../reading/read-summaries.js';
import { runBatches } from '../reading/logdir/read-run.js';
import type { Run } from '../reading/logdir/list-runs.js';
import type { LoggedSummary } from '../reading/summary.js';

/** What is in one tag of one run. */
export interface TagLine {
  readonly run: string;
  readonly tag: string;
  readonly kind: LoggedSummary['kind'];
  /** How many values TensorBoard has of it: a step back takes back those from there on. */
  readonly count: number;
  readonly firstStep: number;
  readonly lastStep: number;
  /** The last value: a number of a scalar, a few words on another kind. */
  readonly last: number | string;
}

/**
 * The tags of a run.
 *
 * @param found - takes them where reading ends, by an error too
 * @throws EventFormatError where a file is corrupt
 */
export async function listTags(run: Run, found: (lines: TagLine[]) => void): Promise<void> {
  const tags = new Map<string, { readonly steps: number[]; readonly last: LoggedSummary }>();
  try {
    for await (const batch of summaryBatches(runBatches(run.path, {}))) {
      for (const summary of batch) {
        const steps = tags.get(summary.tag)?.steps ?? [];
        while (steps.length > 0 && steps.at(-1)! >= summary.step) steps.pop();
        steps.push(summary.step);
        tags.set(summary.tag, { steps, last: summary });
      }
    }
  } finally {
    found([...tags.values()].map(({ steps, last }) => lineOf(run, steps, last)));
  }
}

function lineOf(run: Run, steps: readonly number[], last: LoggedSummary): TagLine {
  return {
    run: run.name,
    tag: last.tag,
    kind: last.kind,
    count: steps.length,
    firstStep: steps[0]!,
    lastStep: last.step,
    last: lastValue(last),
  };
}

function lastValue(summary: LoggedSummary): number | string {
  switch (summary.kind) {
    case 'scalar':
      return summary.value;
    case 'histogram': {
      const { lefts, rights, counts } = summary;
      const values = counts.reduce((sum, count) => sum + count, 0);
      return `${values} values from ${lefts[0] ?? 0} to ${rights.at(-1) ?? 0}`;
    }
    case 'image':
      return `${summary.images.length} of ${summary.width}x${summary.height}`;
    case 'audio':
      return `${summary.clips.length} clips`;
    case 'text':
      return summary.texts.join(' | ');
    case 'hparams':
      return [...summary.hparams].map(([name, value]) => `${name}=${value}`).join(' ');
    case 'tensor':
      return `${summary.tensor.dtype} [${summary.tensor.shape.join(', ')}]`;
    default:
      return summary.plugin;
  }
}
