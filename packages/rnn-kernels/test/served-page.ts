import { launchOptions } from '@unroll/settings/chromium';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { bundle } from './bundle.js';
import type { PageReport } from './programs/page.js';

export interface VisitOptions {
  /** Headers of everything that the server gives. */
  readonly headers: OutgoingHttpHeaders;
  /** Runs the program in a worker of the page. */
  readonly worker?: boolean;
}

export interface Visit {
  readonly report: PageReport;
  /** Errors that nobody caught, in the page or in its workers. */
  readonly uncaught: readonly string[];
}

/** Bundles the page's program, and gives what opens it in a browser with a server of its own. */
export function pageProgram(): (options: VisitOptions) => Promise<Visit> {
  let folder = '';
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(import.meta.dirname, '../node_modules/page-'));
    await bundle({ program: 'page', folder, target: 'page' });
    const { executablePath, args } = launchOptions();
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  return async ({ headers, worker = false }) => {
    const server = await serve(folder, headers);
    const page = await browser.newPage();
    const uncaught: string[] = [];
    page.on('pageerror', (error) => uncaught.push(String(error)));
    try {
      await page.goto(`${server.url}${worker ? '#worker' : ''}`);
      return { report: await server.report, uncaught };
    } finally {
      await page.close();
      server.close();
    }
  };
}

const html =
  '<!doctype html><title>rnn-kernels</title><script type="module" src="/page.js"></script>';

interface Server {
  readonly url: string;
  /** What the page tells. */
  readonly report: Promise<PageReport>;
  close(): void;
}

async function serve(folder: string, headers: OutgoingHttpHeaders): Promise<Server> {
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  let tell: (report: PageReport) => void;
  const report = new Promise<PageReport>((resolve) => {
    tell = resolve;
  });
  const answer = async (request: IncomingMessage): Promise<readonly [string, Buffer | string]> => {
    const path = request.url!;
    if (path === '/') return ['text/html', html];
    if (path.endsWith('.js')) return ['text/javascript', await readFile(join(folder, path))];
    if (path === '/report') tell((await json(request)) as PageReport);
    if (path.endsWith('.wasm')) return ['application/wasm', await readFile(join(wasm, path))];
    return ['text/plain', ''];
  };
  const server = createServer(async (request, response) => {
    const [type, body] = await answer(request);
    response.writeHead(200, { ...headers, 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    report,
    close: () => server.close(),
  };
}
