import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that holds a lock, as the lock file has it. */
export interface LockHolder {
  readonly host: string;
  /** Which processes `pid` counts: containers of one host may each have a process 1. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** When the process started, in the system's count: pids are given out again. */
  readonly started: string;
  /** Sets apart the locks of one process. */
  readonly token: string;
}

/** This process, with a lock of its own. */
export function ourselves(): LockHolder {
  return {
    host: hostname(),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    token: crypto.randomUUID(),
  };
}

/** The holder that a lock file names; none if it was cut off while it was written. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const holder: unknown = JSON.parse(text);
    return typeof holder === 'object' && holder !== null ? (holder as LockHolder) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the processes of both can be told apart by their pids, so that we can see if one lives. */
export function isNeighbor(holder: LockHolder, other: LockHolder): boolean {
  return holder.host === other.host && holder.pidNamespace === other.pidNamespace;
}

/** Whether the process of a neighbor still runs. */
export function isRunning({ pid, started }: LockHolder): boolean {
  return startOf(pid) === started;
}

/** When a process started, `''` where the system does not say, `undefined` if it does not run. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return exists(pid) ? '' : undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold anything: state, and as the 20th field the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
