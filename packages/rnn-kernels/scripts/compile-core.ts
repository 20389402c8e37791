/*
 * Compiles assembly/ into src/core/binaries.ts, without and with relaxed SIMD. Run it after every change
 * there: `pnpm --filter @unroll/rnn-kernels core`.
 */
import { main } from 'assemblyscript/asc';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

const flags =
  '--outFile core.wasm -O3 --noAssert --runtime stub --importMemory --noExportMemory --sharedMemory --maximumMemory 32768'.split(
    ' ',
  );

async function compile(relaxed: boolean): Promise<string> {
  let binary: Uint8Array | undefined;
  const features = ['simd', 'bulk-memory', 'threads', ...(relaxed ? ['relaxed-simd'] : [])];
  const { error } = await main(
    ['assembly/index.ts', ...flags, ...features.flatMap((feature) => ['--enable', feature])],
    {
      // The compiler asks for .ts; the files are .as, since TypeScript's own tools cannot read them.
      readFile(name: string) {
        const source = name.replace(/\.ts$/u, '.as');
        return existsSync(source) ? readFileSync(source, 'utf8') : null;
      },
      writeFile(_name: string, content: Uint8Array | string) {
        if (typeof content !== 'string') binary = content;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(String(error));
  return Buffer.from(binary).toString('base64');
}

const lines = [
  '/* Made by scripts/compile-core.ts from assembly/. */',
  '',
  '/** With 128-bit vectors. */',
  `export const simdBinary = '${await compile(false)}';`,
  '',
  '/** With relaxed SIMD, for its multiply-add. */',
  `export const relaxedBinary = '${await compile(true)}';`,
  '',
];
await writeFile(new URL('../src/core/binaries.ts', import.meta.url), lines.join('\n'));
