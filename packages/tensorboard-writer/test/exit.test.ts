import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventFiles, readLogdir } from './event-files.js';
import { runProgram } from './programs/start-program.js';
import { smallDisk } from './small-disk.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

const steps = async (logdir: string): Promise<number[]> =>
  (await readLogdir(logdir)).slice(1).map(({ step }) => step);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a process that ends without a close leaves all that it logged, and no lock:', () => {
  test.each([
    ['at the end of its program', 'return', 0],
    ['by process.exit', 'exit', 3],
    ['by process.exit while it closes', 'closing', 3],
    ['by an error that nobody caught', 'throw', 1],
    ['by a promise that nobody caught', 'reject', 1],
  ])('%s', async (_, how, exitCode) => {
    expect(await runProgram('end', [folder.path, how, '500'])).toMatchObject({ exitCode });
    expect(await steps(folder.path)).toEqual(upTo(500));
    expect((await readdir(folder.path)).toSorted()).toEqual([
      ...(await eventFiles(folder.path)),
      'projector-words-00007.tsv',
      'projector_config.pbtxt',
    ]);
    const points = join(folder.path, 'projector-words-00007.tsv');
    expect(await readFile(points, 'utf8')).toBe('1\n2\n');
  });

  test('with a write under way, of which nothing is torn or there twice', async () => {
    const counts = [701, 1500, 10_000, 50_000, 200_001];
    const ends = await Promise.all(
      counts.map((count) =>
        runProgram('end', [join(folder.path, `${count}`), 'while writing', `${count}`]),
      ),
    );
    expect(ends.map(({ exitCode }) => exitCode)).toEqual(counts.map(() => 3));
    for (const count of counts) {
      expect(await steps(join(folder.path, `${count}`))).toEqual(upTo(count));
    }
  });
});

describe('the end of a process', () => {
  test('is listened to once for a hundred writers, and no longer when none is open', async () => {
    expect(await runProgram('many', [folder.path, '100'])).toEqual({
      exitCode: 0,
      stdout: '1\n1\n0\n',
      stderr: '',
    });
    expect((await readdir(folder.path)).length).toBe(100);
    expect(await readLogdir(join(folder.path, 'run-99'))).toMatchObject([{}, { value: 99 }]);
  });
});

smallDisk('a disk that is full at the end of a process', (disk) => {
  test('makes it fail, and say so; the whole records of before are there', async () => {
    // In memory there is more than on the disk, and no write before the end.
    const { exitCode, stderr } = await runProgram('end', [disk.path, 'return', '999']);
    expect(stderr).toContain(
      'EventSinkError: SummaryWriter: sink.writeSync: expected it to succeed, got ENOSPC: ' +
        `no space left on device, write '${disk.path}/events.out.tfevents.`,
    );
    expect(exitCode).not.toBe(0);
    expect(await steps(disk.path)).toEqual([]);
  });
});
