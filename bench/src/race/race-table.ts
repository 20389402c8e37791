import { stepFlops } from '../step-flops.ts';
import { markdownTable } from './markdown-table.ts';
import { type ContenderResult, measureName, type RaceResult } from './result.ts';

/** What others are compared with, if it was in the race. */
interface References {
  /** The fastest of its variants. */
  readonly tensorflow: ContenderResult | undefined;
  /** The fastest of its variants. */
  readonly torch: ContenderResult | undefined;
}

/** The table of one model, in Markdown, with a line that says how to read its ratios. */
export function raceTable(race: RaceResult): string {
  const references = { tensorflow: fastest(race, 'tensorflow'), torch: fastest(race, 'torch') };
  const header = [
    'contender',
    'ms a step',
    'quartiles',
    'TensorFlow',
    'PyTorch',
    'tf.layers',
    'kernels',
    'peak memory',
    'of the product',
    'loss',
  ];
  const rows = race.contenders
    .filter(({ step }) => step !== undefined)
    .map((one) => rowOf(one, race, references));
  return [
    markdownTable(header, rows, { alignRight: [1, 2, 3, 4, 5, 6, 7, 8, 9] }),
    '',
    notes(race, references),
    ...race.contenders
      .filter(({ missing }) => missing !== undefined)
      .map(({ missing, title }) => `No time for ${title}: ${missing}.`),
  ].join('\n');
}

function rowOf(
  one: ContenderResult,
  race: RaceResult,
  { tensorflow, torch }: References,
): readonly string[] {
  const { step, losses } = one;
  if (step === undefined || losses === undefined) return [one.title];
  const layers = race.contenders.find(
    ({ kind, backend }) => kind === 'tf.layers' && backend === one.backend,
  );
  return [
    one.title,
    time(step.median),
    `${time(step.lower)} to ${time(step.upper)}`,
    ratio(tensorflow, one),
    ratio(torch, one),
    one.backend === undefined ? '' : ratio(layers, one),
    one.kernels?.toLocaleString('en-US') ?? '',
    one.peakBytes === undefined ? '' : `${Math.round(one.peakBytes / 2 ** 20)} MiB`,
    share(one, race),
    `${losses[0].toFixed(2)} to ${losses[1].toFixed(2)}`,
  ];
}

/** Three digits of milliseconds. */
export function time(milliseconds: number): string {
  if (milliseconds >= 100) return Math.round(milliseconds).toLocaleString('en-US');
  return milliseconds.toFixed(milliseconds >= 10 ? 1 : 2);
}

/** How many times as fast as a reference. */
function ratio(reference: ContenderResult | undefined, { step }: ContenderResult): string {
  if (reference?.step === undefined || step === undefined) return '';
  const times = reference.step.median / step.median;
  if (times < 0.1) return `${times.toPrecision(2)} x`;
  return `${times.toFixed(times < 10 ? 2 : 0)} x`;
}

/** How near it comes to the speed of a plain product on as many threads. */
function share(one: ContenderResult, { model, productSpeed }: RaceResult): string {
  const { step } = one;
  const speed = productSpeed[measureName(one)];
  if (speed === undefined || step === undefined) return '';
  const percent = (100 * stepFlops(model)) / (step.median * 1e6 * speed);
  return `${percent >= 1 ? Math.round(percent) : percent.toPrecision(1)}%`;
}

function fastest(race: RaceResult, kind: ContenderResult['kind']): ContenderResult | undefined {
  return race.contenders
    .filter((one) => one.kind === kind && one.step !== undefined)
    .toSorted((a, b) => a.step!.median - b.step!.median)[0];
}

function notes({ model, productSpeed }: RaceResult, references: References): string {
  const speeds = Object.entries(productSpeed).map(
    ([threads, speed]) =>
      `${speed.toFixed(1)} GFLOP/s on ${threads.replace(/^\d+/u, (count) => `${count} thread${count === '1' ? '' : 's'}`)}`,
  );
  const gigaflops = (stepFlops(model) / 1e9).toPrecision(3);
  const fastestOnes = [references.tensorflow, references.torch]
    .filter((one) => one !== undefined)
    .map(({ title }) => `"${title}"`);
  return [
    `A step is ${gigaflops} GFLOP of products; the plain product makes ${speeds.join(', ')}.`,
    ...(fastestOnes.length > 0 ? [`Compared with ${fastestOnes.join(' and ')}.`] : []),
  ].join(' ');
}
