/* pnpm bench: races training steps against tf.layers, TensorFlow and PyTorch (RESULTS.md says how). */
import { raceModel } from './race/race-model.ts';
import { parseRaceOptions, usage } from './race/race-options.ts';
import { raceTable } from './race/race-table.ts';
import { keepResult } from './race/results-page.ts';

const args = process.argv.slice(2);
const options = parseRaceOptions(args);
if (options === 'help') console.log(usage);
else {
  const { contenders, isWhole, python, rounds } = options;
  // Where the interpreter is, is of no interest to a reader.
  const told = args.filter((word, i) => word !== '--python' && args[i - 1] !== '--python');
  const command = ['pnpm bench', ...told].join(' ');
  for (const model of options.models) {
    console.log(`\n${model.title}`);
    const onProgress = (what: string) => process.stderr.write(`  ${what}\n`);
    const race = await raceModel({ model, contenders, rounds, python, command, onProgress });
    console.log(raceTable(race));
    if (isWhole) await keepResult(race);
  }
}
