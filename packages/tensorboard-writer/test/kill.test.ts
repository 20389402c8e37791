import { expect, test } from 'vitest';
import { killRounds } from './kill/kill-round.js';

// `pnpm kill` has 200 rounds.
test('a killed process leaves all that it had flushed, in whole records', async () => {
  let rounds = 0;
  for await (const { flushed, kept } of killRounds(3)) {
    expect(kept).toBeGreaterThanOrEqual(flushed);
    rounds++;
  }
  expect(rounds).toBe(3);
});
