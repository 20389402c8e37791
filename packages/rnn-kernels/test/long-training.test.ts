import { describe, expect, test } from 'vitest';
import type { Held } from './programs/long-training.js';
import { nodeProgram } from './run-program.js';

const program = nodeProgram('long-training');

describe('a program that trains on two threads', () => {
  test('holds the same from step to step, and ends by itself after its last line', async () => {
    const { exitCode, stdout, stderr, lingered } = await program.run();
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(lingered).toBeLessThan(3000);
    const held = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Held);
    expect(held).toHaveLength(6);
    const [{ loss: first, ...after200 }] = held as [Held];
    expect(after200.threads).toBe(2);
    for (const { loss, ...same } of held.slice(1, 5)) {
      expect(same).toEqual(after200);
      expect(loss).toBeLessThan(first);
    }
    // The last update waits for a look at the variables; without them nothing waits.
    expect(held[5]).toMatchObject({ tensors: 0, used: 0 });
  });
});
