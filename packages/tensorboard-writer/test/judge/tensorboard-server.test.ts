import { describeWithPython } from '@unroll/testing/python';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { type Loader, TensorBoardServer } from './tensorboard-server.js';

const loaders: readonly Loader[] = ['fast', 'slow'];
const modules = ['tensorboard', 'tensorboard_data_server'];

describeWithPython('a running TensorBoard', modules, (python) => {
  const logdir = mkdtempSync(join(tmpdir(), 'unroll-tensorboard-'));

  beforeAll(async () => {
    await writeCurves(logdir);
  });

  afterAll(() => {
    rmSync(logdir, { recursive: true });
  });

  describe.each(loaders)('with its %s loader', (loader) => {
    let server: TensorBoardServer;

    beforeAll(async () => {
      server = await TensorBoardServer.start(python, logdir, loader);
    }, 90_000);

    afterAll(() => server.stop());

    test('shows two directories as two runs with a curve each', async () => {
      expect(await server.json('/data/runs')).toEqual(['test', 'train']);
      for (const run of ['test', 'train'] as const) {
        const curve = await server.json('/data/plugin/scalars/scalars', { run, tag: 'loss' });
        expect(curve).toEqual(losses[run].map((value, step) => [100 + step, step, value]));
      }
    });
  });
});

const losses = { train: [1, 0.5, 0.25], test: [1.5, 0.75, 0.625] };

async function writeCurves(logdir: string): Promise<void> {
  for (const run of ['test', 'train'] as const) {
    const writer = await openLogdir(join(logdir, run));
    for (const [step, value] of losses[run].entries()) {
      writer.scalar('loss', value, step, { wallTime: 100 + step });
    }
    await writer.close();
  }
}
