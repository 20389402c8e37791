/* pnpm bench:events: scalars per second, against torch.utils.tensorboard and tensorboardX (EVENTS.md). */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { eventsPage } from './events/events-page.ts';
import { logContenders } from './events/log-contenders.ts';
import { type LogRun, runLogContender } from './events/run-log-contender.ts';
import { machine } from './race/machine.ts';
import { pythonOf } from './race/race-options.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string' },
  },
});
const [count, rounds] = [Number(values.count), Number(values.rounds)];
const python = pythonOf(values.python);

const results = logContenders.map(({ title }) => ({ title, runs: [] as LogRun[], missing: '' }));
for (let round = 0; round < rounds; round++) {
  for (const [i, contender] of logContenders.entries()) {
    const result = results[i]!;
    if (result.missing !== '') continue;
    const run = await runLogContender(contender, { count, python });
    if (typeof run === 'string') result.missing = run;
    else result.runs.push(run);
  }
}
const page = eventsPage({ results, count, rounds, machine: machine() });
console.log(page);
if (results.every(({ missing }) => missing === '')) {
  await writeFile(new URL('../EVENTS.md', import.meta.url), page);
}
