import { profile } from '@tensorflow/tfjs-core';
import { createInterface } from 'node:readline';
import type { Greeting, KernelsReply, RunReply } from '../protocol.ts';

/** A training run that goes on as long as it is asked to. */
export interface Contender {
  readonly versions: Readonly<Record<string, string>>;
  /** One training step on the batch; gives its loss once it is back. */
  step(): Promise<number>;
}

/** Thrown where a contender cannot be had on this machine, with the reason in words. */
export class NotHereError extends Error {}

/** Answers the race until it closes the input. */
export async function serve(start: () => Promise<Contender>): Promise<void> {
  let contender: Contender;
  try {
    contender = await start();
  } catch (error) {
    if (!(error instanceof NotHereError)) throw error;
    say({ ready: false, reason: error.message });
    return;
  }
  say({ ready: true, versions: contender.versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, steps, milliseconds] = line.split(' ');
    if (word === 'kernels') say({ kernels: await countKernels(contender) });
    else say(await run(contender, Number(steps), Number(milliseconds)));
  }
}

function say(message: Greeting | KernelsReply | RunReply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** As many steps as told, or as fit into the time, at least one. */
async function run(contender: Contender, steps: number, most: number): Promise<RunReply> {
  const milliseconds: number[] = [];
  const losses: number[] = [];
  const end = performance.now() + most;
  do {
    const begin = performance.now();
    losses.push(await contender.step());
    milliseconds.push(performance.now() - begin);
  } while (milliseconds.length < steps && performance.now() < end);
  return { milliseconds, losses };
}

/** How many kernels a step is. `Identity` gives a name to numbers that are there and computes none. */
async function countKernels(contender: Contender): Promise<number> {
  const { kernels } = await profile(async () => {
    await contender.step();
    return [];
  });
  return kernels.filter(({ name }) => name !== 'Identity').length;
}
