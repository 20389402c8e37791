import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

let place: string | undefined;

/** Who writes a file, for its name: a place where process numbers mean something, and a number. */
export function ownMark(): string {
  return `${ownPlace()}-${process.pid}`;
}

/** Whether the mark is that of a process of this place that is no more. Of others nothing is known. */
export function isGone(mark: string): boolean {
  const [where, pid] = mark.split('-');
  if (where !== ownPlace() || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: there is one, of another user.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/**
 * The machine. Machines may share a name and a cache, and containers a machine, but not its
 * process numbers; so on Linux the boot and the namespace of the numbers count too.
 */
function ownPlace(): string {
  place ??= createHash('sha256')
    .update(hostname())
    .update(ifThere(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
    .update(ifThere(() => readlinkSync('/proc/self/ns/pid')))
    .digest('hex')
    .slice(0, 16);
  return place;
}

function ifThere(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
