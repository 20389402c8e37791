import { markdownTable } from '../race/markdown-table.ts';
import { time } from '../race/race-table.ts';
import { fitExponent } from '../statistics.ts';
import type { GrowthPoint } from './grow.ts';
import type { Sweep } from './sweeps.ts';

export interface SweepResult {
  readonly sweep: Sweep;
  readonly points: readonly GrowthPoint[];
}

/** GROWTH.md. */
export function growthPage(results: readonly SweepResult[], machine: string): string {
  return `# Growth

Written by \`pnpm bench:growth\`: the time of one training step (median, ms) of an LSTM of 128 units with a batch
of 32 and 28 steps of 28 inputs, where one of these grows. The exponent is the slope of the line through the
logarithms of time and size; 1 is time in proportion. Where there is no time, a step takes more than 12 s. PyTorch
has its flush of denormal numbers: without it a step of 256 and more takes ten to twenty times as long.

${results.map(section).join('\n')}
${machine}. ${new Date().toISOString().slice(0, 10)}.
`;
}

function section({ points, sweep }: SweepResult): string {
  const titles = [...new Set(points.map(({ title }) => title))];
  const sizes = [...new Set(points.map(({ size }) => size))];
  const find = (size: number, title: string): GrowthPoint | undefined =>
    points.find((point) => point.size === size && point.title === title);
  const rows = sizes.map((size) => [
    size.toLocaleString('en-US'),
    ...titles.flatMap((title) => {
      const point = find(size, title);
      return [point === undefined ? '' : time(point.milliseconds), memory(point)];
    }),
  ]);
  const header = [sweep.name, ...titles.flatMap((title) => [title, 'peak'])];
  const alignRight = header.map((_, column) => column);
  return `## ${sweep.title}

${markdownTable(header, [...rows, ['exponent', ...exponents(points, titles)]], { alignRight })}

![${sweep.title}](growth/${sweep.name}.svg)
`;
}

function exponents(points: readonly GrowthPoint[], titles: readonly string[]): string[] {
  return titles.flatMap((name) => {
    const own = points.filter(({ title }) => title === name);
    return [fitExponent(own.map(({ milliseconds, size }) => [size, milliseconds])).toFixed(2), ''];
  });
}

function memory(point: GrowthPoint | undefined): string {
  return point?.peakBytes === undefined ? '' : `${Math.round(point.peakBytes / 2 ** 20)} MiB`;
}
