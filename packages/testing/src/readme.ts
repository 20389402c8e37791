import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

/** A `ts` block of a README. */
export interface Example {
  readonly heading: string;
  /** The line of the README where the block begins. */
  readonly line: number;
  readonly code: string;
  /** What its `console.log(...); // comment` lines say that they print. */
  readonly prints: readonly string[];
}

const TIMEOUT = 60_000;

/**
 * Makes tests of the `ts` blocks of a README: each is written to a file of its own in a temporary
 * folder of the package's `test`, where the package's own name resolves to its sources, and
 * imported; all together are type-checked. What a block prints must be what the comments after its
 * `console.log(...);` statements say, one after the other, as Node prints it.
 *
 * @param readme - the README.md of a package, as `new URL('../README.md', import.meta.url)`
 */
export function readmeExamples(readme: URL): void {
  const path = fileURLToPath(readme);
  const examples = examplesOf(readFileSync(path, 'utf8'));
  const packageFolder = dirname(path);
  let folder = '';

  describe('README.md', () => {
    beforeAll(() => {
      folder = mkdtempSync(join(packageFolder, 'test', '.readme-'));
      writeFileSync(join(folder, '.gitignore'), '*\n');
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
      for (const example of examples) writeFileSync(fileOf(folder, example), example.code);
    });

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test('its examples have the right types', { timeout: TIMEOUT }, () => {
      const tsc = join(packageFolder, 'node_modules/.bin/tsc');
      expect(outputOf(tsc, ['--pretty', 'false', '--project', folder])).toBe('');
    });

    test.each(examples)(
      'line $line, "$heading", runs and prints what it says',
      { timeout: TIMEOUT },
      async (example) => {
        const log = vi.spyOn(console, 'log').mockImplementation(() => {});
        await import(/* @vite-ignore */ pathToFileURL(fileOf(folder, example)).href);
        const printed = log.mock.calls.map((call) =>
          formatWithOptions({ breakLength: Infinity }, ...call),
        );
        log.mockClear();
        expect(printed).toEqual(example.prints);
      },
    );
  });
}

const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { noUnusedLocals: false },
  include: ['*.ts'],
};

function fileOf(folder: string, { line }: Example): string {
  return join(folder, `line-${line}.ts`);
}

export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  for (const block of markdown.matchAll(/^```ts\n(.*?)^```$/gms)) {
    const before = markdown.slice(0, block.index);
    const [, code = ''] = block;
    examples.push({
      heading: [...before.matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? '',
      line: before.split('\n').length,
      code,
      prints: Array.from(code.matchAll(/console\.log\([^;]*\); \/\/ (.+)$/gm), ([, text]) =>
        String(text),
      ),
    });
  }
  return examples;
}

/** What a command prints, whether it succeeds or not. */
function outputOf(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}
