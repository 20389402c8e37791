import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectRefusal } from './expect-refusal.js';
import { runUnroll } from './run-unroll.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

describe('wrong usage is one line and exit code 2:', () => {
  const number = 'is invalid. Expected a whole number from 1.';

  test.for([
    [['--bogus'], "unknown option '--bogus'"],
    [['--laers', '2'], "unknown option '--laers' (Did you mean --layers?)"],
    [
      ['--backend', 'gpu'],
      "option '--backend <name>' argument 'gpu' is invalid. Allowed choices are auto, tensorflow, wasm, cpu.",
    ],
    [['--batch-size', '0'], `option '--batch-size <n>' argument '0' ${number}`],
    [['--layers', '--units', '1'], `option '--layers <n>' argument '--units' ${number}`],
    [['--seed'], "option '--seed <n>' argument missing"],
    [['more'], "too many arguments for 'train'. Expected 0 arguments but got 1: more."],
  ] as const)('train %j', async ([args, line]) => {
    const refusal = { exitCode: 2, line: `${line} (try --help)` } as const;
    await expectRefusal(folder, ['train', '--logdir', 'log', ...args], refusal);
  });

  test('an unknown command', async () => {
    const line = "unknown command 'trian' (Did you mean train?) (try --help)";
    await expectRefusal(folder, ['trian'], { exitCode: 2, line });
  });
});

describe('unroll --stack', () => {
  test.for([
    ['before the command', ['--stack', 'train']],
    ['after it', ['train', '--stack']],
  ] as const)('%s prints the stack of an error, and its causes', async ([, args]) => {
    const { exitCode, stderr } = await runUnroll([...args, '--data', join(folder, 'nowhere')]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^unroll: MnistError: loadMnist: folder .*\n {4}at /);
    expect(stderr).toMatch(/\[cause\]: Error: ENOENT/);
  });
});
