import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const src = new URL('../src/', import.meta.url);

/** The modules that a file of src/ imports, and those that they import. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  const code = readFileSync(new URL(file, src), 'utf8');
  for (const [, specifier = ''] of code.matchAll(/^(?:import|export) [^;]*?from '([^']+)';$/gm)) {
    if (seen.has(specifier)) continue;
    seen.add(specifier);
    if (specifier.startsWith('./')) importsOf(specifier.replace(/\.js$/, '.ts'), seen);
  }
  return seen;
}

function packagesOf(file: string): string[] {
  return [...importsOf(file)].filter((specifier) => !specifier.startsWith('./')).toSorted();
}

test('the core entry needs nothing of Node and no TensorFlow.js', () => {
  expect(packagesOf('index.ts')).toEqual(['pure-rand/generator/mersenne']);
});

test('only the other entries need more', () => {
  expect(packagesOf('node.ts')).toEqual(['node:fs/promises', 'node:path', 'node:url']);
  expect(packagesOf('tensors.ts')).toEqual(['@tensorflow/tfjs-core']);
});

test('no file of src is left out of all entries', () => {
  const entries = ['index.ts', 'node.ts', 'tensors.ts'];
  const reached = entries.flatMap((entry) => [entry, ...importsOf(entry)]);
  const files = new Set(reached.map((specifier) => specifier.replace(/^\.\/(.*)\.js$/, '$1.ts')));
  // The command is a folder of its own.
  const ours = readdirSync(src).filter((file) => file !== 'cli');
  expect(ours.filter((file) => !files.has(file))).toEqual([]);
});
