import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { awaitOthers, patienceFor } from '../src/core/await-others.js';
import { controlWords, makeControl } from '../src/core/control-words.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import { runPass } from '../src/core/threads.js';
import { ready } from '../src/cpu.js';
import { lstmPlan } from '../src/sequence/cell-plan.js';
import { checkStep } from './programs/check-step.js';

const alive = new Set<Worker>();
let started = 0;

function watch(worker: Worker): void {
  started += 1;
  alive.add(worker);
  worker.once('exit', () => alive.delete(worker));
}

/** Threads of this process, of any kind, where the system tells. */
function systemThreads(): number {
  const status = '/proc/self/status';
  if (!existsSync(status)) return 0;
  return Number(/Threads:\s+(?<count>\d+)/u.exec(readFileSync(status, 'utf8'))!.groups!['count']);
}

beforeAll(() => {
  process.on('worker', watch);
});

afterAll(() => {
  process.off('worker', watch);
});

beforeEach(async () => {
  await ready({ threads: 1 });
  started = 0;
});

describe('ready', () => {
  test('ends the threads that an earlier call has started', async () => {
    const counts: number[] = [];
    for (const threads of [3, 1, 2, 4, 1]) {
      await ready({ threads });
      counts.push(alive.size);
    }
    expect(counts).toEqual([2, 0, 1, 3, 0]);
  });

  test('leaves the threads as they are if there are as many as wanted', async () => {
    await ready({ threads: 3 });
    await ready({ threads: 3 });
    expect(started).toBe(2);
  });

  test('leaves the system no thread, however often their number changes', async () => {
    await ready({ threads: 3 });
    await ready({ threads: 1 });
    const before = systemThreads();
    for (let i = 0; i < 5; i++) {
      await ready({ threads: 3 });
      await ready({ threads: 1 });
    }
    // A thread has told its end before the system knows of it.
    await expect.poll(systemThreads).toBeLessThanOrEqual(before);
  });

  test('starts one set of threads if it is called twice at the same time', async () => {
    const reports = await Promise.all([ready({ threads: 3 }), ready({ threads: 3 })]);
    expect(reports.map(({ threads }) => threads)).toEqual([3, 3]);
    expect([started, alive.size]).toEqual([2, 2]);
  });

  test('does what the last call says if two at the same time differ', async () => {
    const reports = await Promise.all([ready({ threads: 3 }), ready({ threads: 2 })]);
    expect(reports.map(({ threads }) => threads)).toEqual([3, 2]);
    expect(alive.size).toBe(1);
    expect(sharedEngine()!.threads.count).toBe(2);
  });

  test('lets a step run right while threads start', async () => {
    await ready({ threads: 3 });
    const change = ready({ threads: 2 });
    const { fused, lossError, gradientError } = await checkStep('cpu');
    await change;
    expect(fused).toBe(true);
    expect(lossError).toBeLessThan(1e-5);
    expect(gradientError).toBeLessThan(1e-4);
  });
});

describe('a pass that fails', () => {
  /** A part of no rows, and one that points out of the memory. */
  function parts(): { good: number; broken: number; give(): void } {
    const { core } = sharedEngine()!;
    const block = core.arena.take(4096);
    core.exports.zero(block.address, block.size);
    return {
      good: block.address,
      broken: 0x7f_ff_00_00,
      give: () => core.arena.give(block),
    };
  }

  test('is an Error here, whichever thread it fails on, and the threads go on', async () => {
    await ready({ threads: 3 });
    const { threads } = sharedEngine()!;
    const { good, broken, give } = parts();
    const said = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const mixed = [good, good, good, good];
      mixed[i % 4] = broken;
      try {
        runPass(threads, lstmPlan.forward, mixed);
      } catch (error) {
        said.add(String(error));
      }
      runPass(threads, lstmPlan.forward, [good, good, good]);
    }
    expect(said.size).toBeGreaterThan(0);
    for (const error of said) expect(error).toContain('memory access out of bounds');
    expect(() => runPass(threads, lstmPlan.forward, [broken, broken, broken])).toThrow(
      'memory access out of bounds',
    );
    runPass(threads, lstmPlan.forward, [good]);
    runPass(threads, lstmPlan.forward, [good, good, good]);
    give();
    const { lossError } = await checkStep('cpu');
    expect(lossError).toBeLessThan(1e-5);
  });
});

describe('a thread that is gone', () => {
  test('is missed by no pass, and started anew by ready', async () => {
    await ready({ threads: 3 });
    for (const worker of alive) await worker.terminate();
    const { lossError, gradientError } = await checkStep('cpu');
    expect(lossError).toBeLessThan(1e-5);
    expect(gradientError).toBeLessThan(1e-4);
    expect(alive.size).toBe(0);
    expect((await ready({ threads: 3 })).threads).toBe(3);
    expect(alive.size).toBe(2);
  });

  test('in the middle of its part is not waited for without an end', () => {
    const control = makeControl();
    control[controlWords.pending] = 1;
    expect(awaitOthers(control, 3)).toBe(false);
    control[controlWords.pending] = 0;
    expect(awaitOthers(control, 3)).toBe(true);
  });

  test('is told from one that takes long by what a part takes here', () => {
    expect(patienceFor(1)).toBe(600);
    expect(patienceFor(60_000)).toBe(60_000);
  });
});
