import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventFiles } from '../event-files.js';
import { startProgram } from '../programs/start-program.js';
import { readEvents, wholeRecords } from '../read-events.js';

/** What one program had done when it was killed. */
export interface KillRound {
  /** The last step that it had told of as flushed. */
  readonly flushed: number;
  /** The steps of its file: all from 1 to this one, with their values. */
  readonly kept: number;
  /** Bytes of a record that was cut off. */
  readonly torn: number;
}

const ROUNDS_PER_LOGDIR = 20;
const MAX_MS = 400;

/**
 * Starts a program that logs, kills it at a random moment, and reads what it left; many times, often
 * in the same directory.
 *
 * @throws Error if a round's file has not what was flushed, in order, or comes not last by its name
 */
export async function* killRounds(count: number): AsyncGenerator<KillRound> {
  for (let done = 0; done < count; done += ROUNDS_PER_LOGDIR) {
    const logdir = await mkdtemp(join(tmpdir(), 'unroll-kill-'));
    try {
      for (let round = done; round < Math.min(count, done + ROUNDS_PER_LOGDIR); round++) {
        yield await killRound(logdir, round % 5 === 4 ? 'from its start' : 'while it logs');
      }
    } finally {
      await rm(logdir, { recursive: true });
    }
  }
}

type Moment = 'from its start' | 'while it logs';

async function killRound(logdir: string, moment: Moment): Promise<KillRound> {
  const before = await eventFiles(logdir);
  const said = await startAndKill(logdir, moment);
  const after = await eventFiles(logdir);
  const flushed = Number(said.split('\n').at(-2) ?? 0);
  const made = after.filter((name) => !before.includes(name));
  if (made.length === 0 && flushed === 0) return { flushed, kept: 0, torn: 0 };
  const [name = ''] = made;
  if (made.length !== 1 || name !== after.at(-1)) throw new Error(`made ${String(made)}`);
  const bytes = await readFile(join(logdir, name));
  const whole = wholeRecords(bytes);
  const kept = checkedSteps(whole);
  if (kept < flushed) throw new Error(`flushed up to ${flushed}, kept up to ${kept}`);
  return { flushed, kept, torn: bytes.length - whole.length };
}

/** What the program said before it was killed. */
async function startAndKill(logdir: string, moment: Moment): Promise<string> {
  const child = startProgram('log-for-ever', [logdir]);
  let [said, complained] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    complained += text.toString();
  });
  const closed = once(child, 'close');
  if (moment === 'while it logs') await once(child.stdout, 'data');
  await sleep(Math.random() * MAX_MS);
  child.kill('SIGKILL');
  await closed;
  if (complained !== '') throw new Error(complained);
  return said;
}

/** How many scalars there are, in order and of the values that were logged. */
function checkedSteps(records: Uint8Array): number {
  const [first, ...scalars] = readEvents(records);
  if (first !== undefined && first.fileVersion === undefined) throw new Error('no file version');
  for (const [i, { step, value }] of scalars.entries()) {
    if (step !== i + 1 || value !== Math.fround(step)) throw new Error(`step ${step} after ${i}`);
  }
  return scalars.length;
}
