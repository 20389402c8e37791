import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Ended, runUnroll } from './run-unroll.js';
import { screen, switches } from './screen.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
const python = spawnSync('python3', ['-c', 'import pty']).status === 0;

beforeAll(() => writeTinyData(data));

interface TerminalOptions {
  /** How often Ctrl-C is typed. Default never. */
  readonly interrupts?: number;
  /** What the output has to have before that. */
  readonly at?: string;
}

/** Trains in a terminal. */
function runInTerminal(
  args: readonly string[],
  { interrupts = 0, at = '' }: TerminalOptions = {},
): Promise<Ended> {
  const helper = fileURLToPath(new URL('terminal.py', import.meta.url));
  const fixed = ['--data', data, '--no-verify', '--logdir', 'log', '--backend', 'cpu'];
  return runUnroll(['train', ...fixed, ...args], {
    cwd: folder,
    wrapper: ['python3', helper, at, String(interrupts)],
  });
}

describe.skipIf(!python)('unroll train in a terminal', () => {
  test('shows a bar, with the lines above it, and gives the cursor back', async () => {
    const run = await runInTerminal(['--batch-size', '2', '--epochs', '2']);
    expect(run.exitCode).toBe(0);
    expect(screen(run.stdout)).toEqual([
      expect.stringMatching(/^backend: /),
      expect.stringMatching(/^data: /),
      expect.stringMatching(/^model: /),
      expect.stringMatching(/^logs: /),
      expect.stringMatching(/^\[trn\] ep 1, step 250, .*, sec\/iter \d\.\d{6}$/),
      expect.stringMatching(/^\[trn\] ep 2, step 500, .*, sec\/iter \d\.\d{6}$/),
      expect.stringMatching(/^\[tst\] ep 2, step 750, .*, sec\/iter \d\.\d{6}$/),
      expect.stringMatching(
        /^█{24} 100% \| epoch 2\/2 \| loss \d\.\d{4} \| accu \d\.\d{4} \| \d+\.\d ms\/batch \| eta 0s$/,
      ),
      expect.stringMatching(/^test accuracy over all 250 images: /),
      '',
    ]);
    expect(switches(run.stdout)).toEqual(['25l', '7l', '25h', '7h']);
  });

  test('gives the cursor back after Ctrl-C, and says that the logs are closed', async () => {
    const options = { at: 'step 250', interrupts: 1 };
    const run = await runInTerminal(['--batch-size', '2', '--epochs', '1000'], options);
    expect(run.exitCode).toBe(130);
    expect(screen(run.stdout).slice(-4)).toEqual([
      expect.stringMatching(/^\[(trn|tst)\] ep \d+, step \d+,.*$/),
      expect.stringMatching(/^[█░]{24} 0% \| epoch \d\/1000 \| .*$/),
      expect.stringMatching(/^interrupted after [\d,]+ steps; the logs are closed$/),
      '',
    ]);
    expect(switches(run.stdout)).toEqual(['25l', '7l', '25h', '7h']);
  });

  test('gives the cursor back after a second Ctrl-C', async () => {
    // A step takes longer than the time between the two.
    const large = [
      '--batch-size',
      '250',
      '--cell',
      'basic-lstm',
      '--units',
      '500',
      '--epochs',
      '1000',
    ];
    const run = await runInTerminal(large, { at: 'epoch 1/1000', interrupts: 2 });
    expect(run.exitCode).toBe(130);
    expect(run.stdout).not.toContain('interrupted');
    expect(switches(run.stdout)).toEqual(['25l', '7l', '25h', '7h']);
  });
});
