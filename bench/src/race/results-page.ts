import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { models } from '../models.ts';
import { raceTable } from './race-table.ts';
import type { RaceResult } from './result.ts';

const folder = new URL('../../results/', import.meta.url);
const page = new URL('../../RESULTS.md', import.meta.url);

/** Keeps a race's numbers, and writes RESULTS.md of all that are kept. */
export async function keepResult(race: RaceResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${race.model.name}.json`, folder), `${JSON.stringify(race, null, 2)}\n`);
  const races = await Promise.all(
    (await readdir(folder)).map(
      async (file) => JSON.parse(await readFile(new URL(file, folder), 'utf8')) as RaceResult,
    ),
  );
  const place = ({ model }: RaceResult): number =>
    models.findIndex(({ name }) => name === model.name);
  await writeFile(page, resultsPage(races.toSorted((a, b) => place(a) - place(b))));
}

function resultsPage(races: readonly RaceResult[]): string {
  return [introduction, ...races.map(section)].join('\n');
}

const introduction = `# Results

Written by \`pnpm bench\`; the numbers are in [results](results) too. Time of one training step: a batch goes
in, forward, backward, Adam, and the loss and the accuracy come back. All train the same model on the same
batch, each in a process of its own, which sleeps while another runs; rounds take turns.

- **ms a step**: the median over the steps of all rounds, and the quartiles.
- **TensorFlow**, **PyTorch**, **tf.layers**: how many times as fast as TensorFlow's fastest variant, as
  PyTorch's, and as tf.layers on the same backend. Above 1 is faster.
- **kernels**: calls of TensorFlow.js's kernels in a step, \`Identity\` left out.
- **peak memory**: the most that the process held, its runtime included.
- **of the product**: the speed of the step's matrix products, if all its time were theirs, as a share of a
  plain product on as many threads: rnn-kernels' WebAssembly core, operands packed, in the cache.
  TensorFlow and PyTorch have wider vectors, and can be above 100%.
- **loss**: of the first step, and of the 20th (or the last). It has to fall, or there is no time.
- TensorFlow: 1.x graphs and the legacy cells, \`Session.run\` with a feed, as many intra-op threads as cores,
  and each of \`dynamic_rnn\` and \`static_rnn\` with one inter-op thread and with as many as cores.
- PyTorch: eager, as many threads as cores, with OpenMP's usual waiting and with \`OMP_WAIT_POLICY=PASSIVE\`: the
  usual one spins, and on two cores that now and then costs a second a step. With denormal numbers as they are,
  and flushed to zero (TensorFlow flushes them always): over hundreds of steps gradients fade into them. Its GRU is the reset-after form, and its LSTM and RNN have two
  biases.
`;

function section(race: RaceResult): string {
  const { command, date, machine, model, rounds, versions } = race;
  const { batch, inputSize, time } = model;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `## ${model.title}

Batch ${batch}, ${time} steps of ${inputSize}.

${raceTable(race)}

${machine}. ${names.join(', ')}. ${date}, ${rounds} rounds, \`${command}\`.
`;
}
