import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..');

/** Runs a program as a reader does, on the built packages, and gives the lines that it prints. */
function run(...args: string[]): string[] {
  const command = ['--disable-warning=ExperimentalWarning', ...args];
  const printed = execFileSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  return printed.trim().split('\n');
}

describe('programs', () => {
  test('hello prints what the model says at each of 100 steps, and ends with ello', () => {
    const lines = run('src/hello.ts', '7');
    expect(lines).toHaveLength(100);
    for (const [i, line] of lines.entries()) {
      expect(line).toMatch(/^ *\d+ loss \d\.\d{4} \[ '[helo]', '[helo]', '[helo]', '[helo]' \]$/);
      expect(Number.parseInt(line, 10)).toBe(i + 1);
    }
    expect(lines.at(-1)).toContain("[ 'e', 'l', 'l', 'o' ]");
  });

  test('mnist-lstm learns, and tests with all images', () => {
    const lines = run('src/mnist-lstm.ts', '--steps', '2', '--epochs', '1');
    expect(lines[0]).toMatch(
      /^epoch 1 \| step 2 \| loss \d\.\d{4} \| accuracy [01]\.\d{4} \| \d+ ms\/step$/,
    );
    expect(lines[1]).toMatch(/^epoch 1 \| test accuracy 0\.\d{4}$/);
    expect(lines[2]).toMatch(/^\d\.\d minutes of training$/);
  });

  test('the README gives the command of every program', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const files = readdirSync(join(folder, 'src'));
    const programs = files.filter((name) =>
      readFileSync(join(folder, 'src', name), 'utf8').includes(`node examples/src/${name}`),
    );
    expect(programs).toHaveLength(11);
    for (const name of programs) expect(readme).toContain(`node examples/src/${name}`);
  });
});
