import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/**
 * A worker as plain JavaScript. Node reads TypeScript by a WebAssembly module, whose memory grows;
 * and once a process has had a buffer detached, V8 makes slower loops over all typed arrays.
 */
export async function bundleWorker(name: string): Promise<URL> {
  const made = new URL(`../../node_modules/.cache/unroll-bench/${name}.mjs`, import.meta.url);
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile: fileURLToPath(made),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return made;
}
