/* pnpm --filter @unroll/tensorboard-writer kill [ROUNDS]: kills programs that log, 200 by default. */
import { killRounds, type KillRound } from './kill-round.js';

const rounds: KillRound[] = [];
for await (const round of killRounds(Number(process.argv[2] ?? 200))) rounds.push(round);

const count = (fits: (round: KillRound) => boolean): number => rounds.filter(fits).length;
const kept = rounds.reduce((sum, round) => sum + round.kept, 0);
process.stdout.write(
  `${rounds.length} programs killed, ${count(({ flushed }) => flushed > 0)} of them after a flush; ` +
    `${kept} scalars kept, all that were flushed; ${count(({ torn }) => torn > 0)} torn records\n`,
);
