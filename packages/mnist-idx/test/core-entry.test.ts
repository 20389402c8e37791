import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const src = new URL('../src/', import.meta.url);

/** The core entry's limit. It is what a page pays before it has read one byte of data. */
const MAX_CORE_BYTES = 4000;

const everyImport = /^(?:import|export) [^;]*?from '([^']+)';$/gm;
const importsOfValues = /^(?:import|export) (?!type )[^;]*?from '([^']+)';$/gm;

/** The modules that a file of src/ imports, and those that they import, by their paths in src/. */
function importsOf(file: string, pattern: RegExp, seen = new Set<string>()): Set<string> {
  const url = new URL(file, src);
  const code = readFileSync(url, 'utf8');
  for (const [, specifier = ''] of code.matchAll(pattern)) {
    const local = specifier.startsWith('.');
    const name = local ? pathInSrc(new URL(specifier.replace(/\.js$/, '.ts'), url)) : specifier;
    if (seen.has(name)) continue;
    seen.add(name);
    if (local) importsOf(name, pattern, seen);
  }
  return seen;
}

function pathInSrc(url: URL): string {
  return url.href.slice(src.href.length);
}

function packagesOf(entry: string): string[] {
  return [...importsOf(entry, importsOfValues)].filter((name) => !name.endsWith('.ts')).toSorted();
}

test('the core entry needs no package, nothing of Node and no TensorFlow.js', () => {
  expect(packagesOf('index.ts')).toEqual([]);
});

test('the core entry is under 4 kB, minified and compressed', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', src))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
  expect(bytes).toBeLessThan(MAX_CORE_BYTES);
});

test('only the other entries need more', () => {
  expect(packagesOf('stream.ts')).toEqual([]);
  expect(packagesOf('data-sets.ts')).toEqual(['pure-rand/generator/mersenne']);
  const beyondNode = packagesOf('node.ts').filter((name) => !name.startsWith('node:'));
  expect(beyondNode).toEqual(['env-paths', 'yauzl']);
  expect(packagesOf('tensors.ts')).toEqual(['@tensorflow/tfjs-core']);
});

test('no file of src is left out of all entries', () => {
  const names = ['index', 'data-sets', 'family', 'node', 'stream', 'tensors', 'web', 'cli/main'];
  const entries = names.map((name) => `${name}.ts`);
  const reached = new Set(entries.flatMap((entry) => [entry, ...importsOf(entry, everyImport)]));
  const files = readdirSync(src, { recursive: true }).map((file) => String(file));
  expect(files.filter((file) => file.endsWith('.ts') && !reached.has(file))).toEqual([]);
});
