import { markdownTable } from '../race/markdown-table.ts';
import type { JobResult } from './job.ts';

export interface EpochsPageOptions {
  readonly results: readonly JobResult[];
  /** Why others did not run. */
  readonly failures: readonly string[];
  readonly epochs: number;
  readonly machine: string;
}

/** EPOCHS.md: ours first, how many times as long each of the others takes. */
export function epochsPage({ epochs, failures, machine, results }: EpochsPageOptions): string {
  const ours = results[0];
  const rows = results.map(({ accuracy, loopSeconds, processSeconds, title }) => [
    title,
    loopSeconds.toFixed(1),
    times(loopSeconds, ours?.loopSeconds),
    processSeconds.toFixed(1),
    times(processSeconds, ours?.processSeconds),
    accuracy,
  ]);
  const header = ['', 'training, s', 'times ours', 'whole process, s', 'times ours', 'accuracy'];
  return `# The tutorial's job

Written by \`pnpm bench:epochs\`: ${epochs} epochs of one layer of 31 BasicRNN units over MNIST's 55,000 training
images, batch 128, with the test after each epoch, the tutorial's lines and TensorBoard's logs. The time of the
training is that between its first and its last line; the process reads the data too, and TensorFlow's import
or our start and its compiling count.

${markdownTable(header, rows, { alignRight: [1, 2, 3, 4, 5] })}
${failures.map((failure) => `\n${failure}\n`).join('')}
${machine}. ${new Date().toISOString().slice(0, 10)}.
`;
}

function times(seconds: number, ours = Number.NaN): string {
  return (seconds / ours).toFixed(2);
}
