import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRuns, openLogdir, readScalars } from '@unroll/tensorboard-writer/node';
import type { Restarts } from '@unroll/tensorboard-writer';
import { rejection } from './rejection.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-runs-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function makeRun(...names: string[]): Promise<void> {
  const path = join(folder, ...names);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'events.out.tfevents.1'), '');
}

async function namesOf(path: string): Promise<string[]> {
  return (await listRuns(path)).map(({ name }) => name);
}

describe('listRuns', () => {
  test('finds the directories that have event files, at any depth', async () => {
    await makeRun('b', 'train');
    await makeRun('b', 'test');
    await makeRun('a');
    await mkdir(join(folder, 'empty'));
    expect(await listRuns(folder)).toEqual([
      { name: 'a', path: join(folder, 'a') },
      { name: 'b/test', path: join(folder, 'b', 'test') },
      { name: 'b/train', path: join(folder, 'b', 'train') },
    ]);
  });

  test('calls the directory itself a point, before those below it', async () => {
    await makeRun();
    await makeRun('a');
    expect(await namesOf(folder)).toEqual(['.', 'a']);
    expect(await namesOf(join(folder, 'events.out.tfevents.1'))).toEqual(['.']);
  });

  test('follows links, but not in circles or to where nothing is', async () => {
    await makeRun('a');
    await symlink(join(folder, 'a'), join(folder, 'linked'));
    await symlink(folder, join(folder, 'a', 'circle'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken'));
    expect(await namesOf(folder)).toEqual(['a', 'linked']);
  });

  test('refuses what is not there', async () => {
    expect(await rejection(listRuns(join(folder, 'a')))).toMatchObject({ code: 'ENOENT' });
    expect(await rejection(listRuns(''))).toMatchObject({
      message: 'listRuns: logdir: expected a path, got ""',
    });
  });
});

describe('readScalars of a log directory', () => {
  test('gives the curves of each run that has some', async () => {
    const train = await openLogdir(join(folder, 'train'));
    train.scalar('loss', 0.5, 1, { wallTime: 10 });
    train.scalar('loss', 0.25, 2, { wallTime: 11 });
    await train.close();
    await (await openLogdir(join(folder, 'nothing'))).close();
    expect(await readScalars(folder)).toEqual(
      new Map([
        [
          'train',
          new Map([
            [
              'loss',
              {
                steps: Float64Array.of(1, 2),
                wallTimes: Float64Array.of(10, 11),
                values: Float64Array.of(0.5, 0.25),
              },
            ],
          ]),
        ],
      ]),
    );
  });

  test('lets a point take back those of its tag from its step on', async () => {
    const writer = await openLogdir(folder);
    for (let step = 0; step < 200; step++) writer.scalar('a', step, step);
    for (const step of [100, 150, 120]) writer.scalar('a', -step, step);
    writer.scalar('b', 1, 0);
    await writer.close();
    const curves = (await readScalars(folder)).get('.');
    const kept = Array.from({ length: 100 }, (_, i) => i);
    expect(curves?.get('a')?.steps).toEqual(Float64Array.of(...kept, 100, 120));
    expect(curves?.get('a')?.values).toEqual(Float64Array.of(...kept, -100, -120));
    expect(curves?.get('b')?.steps).toEqual(Float64Array.of(0));
  });

  test.each([
    ['all', RangeError, 'readScalars: restarts: expected one of step, session, keep, got "all"'],
    [true, TypeError, 'readScalars: restarts: expected one of step, session, keep, got true'],
  ])('refuses %j for restarts', async (restarts, type, message) => {
    await makeRun();
    const error = await rejection(readScalars(folder, { restarts: restarts as Restarts }));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message });
  });
});
