/* pnpm bench:growth: a training step's time against length, units and batch (GROWTH.md). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { grow } from './growth/grow.ts';
import { growthChart } from './growth/growth-chart.ts';
import { growthPage, type SweepResult } from './growth/growth-page.ts';
import { sweeps } from './growth/sweeps.ts';
import { contenders } from './race/contenders.ts';
import { machine } from './race/machine.ts';
import { pythonOf } from './race/race-options.ts';

const { values } = parseArgs({
  options: { sweeps: { type: 'string' }, python: { type: 'string' } },
});
const wanted = values.sweeps?.split(',') ?? sweeps.map(({ name }) => name);
const folder = new URL('../growth/', import.meta.url);
await mkdir(folder, { recursive: true });

const results: SweepResult[] = [];
for (const sweep of sweeps) {
  const kept = new URL(`${sweep.name}.json`, folder);
  if (!wanted.includes(sweep.name)) {
    results.push({ sweep, points: JSON.parse(await readFile(kept, 'utf8').catch(() => '[]')) });
    continue;
  }
  const points = await grow({
    sweep,
    contenders: contenders.filter(({ name }) => name === 'unroll-wasm' || name === 'torch-flush'),
    python: pythonOf(values.python),
    onProgress: (what) => process.stderr.write(`  ${what}\n`),
  });
  results.push({ sweep, points });
  await writeFile(kept, `${JSON.stringify(points, null, 2)}\n`);
  await writeFile(new URL(`${sweep.name}.svg`, folder), growthChart(sweep.title, points));
}
const page = growthPage(results, machine());
console.log(page);
await writeFile(new URL('../GROWTH.md', import.meta.url), page);
