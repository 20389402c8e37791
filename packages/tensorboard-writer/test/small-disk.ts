import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe } from 'vitest';

/** A file system of 32 KiB, in memory; it has whole pages of 4 KiB. */
export interface SmallDisk {
  readonly path: string;
  makeReadOnly(): void;
}

/** Why there can be no such disk, in words; undefined where there can. */
const missing = tryToMount();

const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;

/** As `describe`, with a new small disk for each test, where this process may mount one. */
export function smallDisk(title: string, body: (disk: SmallDisk) => void): void {
  describe.skipIf(skipped !== '')(`${title}${skipped}`, () => {
    let path = '';
    beforeEach(() => {
      path = mount();
    });
    afterEach(() => unmount(path));
    body({
      get path() {
        return path;
      },
      makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', path]),
    });
  });
}

function mount(): string {
  const path = mkdtempSync(join(tmpdir(), 'unroll-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'none', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    throw error;
  }
  return path;
}

function unmount(path: string): void {
  execFileSync('umount', [path]);
  rmSync(path, { recursive: true });
}

function tryToMount(): string | undefined {
  try {
    unmount(mount());
    return undefined;
  } catch (error) {
    return `a small disk takes the rights to mount one (${(error as Error).message.trim()})`;
  }
}
