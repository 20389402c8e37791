import { launchOptions } from '@unroll/settings/chromium';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { preview } from 'vite';
import type { FromWorker } from '../src/messages.js';

const app = join(import.meta.dirname, '..');

/** Serves the page that `vite build` has left in dist, as a static web server would. */
export async function servePage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  if (!existsSync(join(app, 'dist/index.html'))) {
    throw new Error('expected the built page in apps/webgl-demo/dist, found none: run pnpm build');
  }
  const server = await preview({ root: app, logLevel: 'silent', preview: { port: 0 } });
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

/** Starts a browser with WebGL 2 in software, or with no WebGL at all. */
export async function openBrowser({ webgl = true } = {}): Promise<Browser> {
  const { executablePath, args } = launchOptions();
  return chromium.launch({ executablePath, args: webgl ? args : [...args, '--use-gl=disabled'] });
}

export interface OpenPage {
  readonly page: Page;
  /** Errors, warnings and everything else that page and worker wrote on the console. */
  readonly said: readonly string[];
  /** What the worker has told the page so far. */
  messages(): Promise<FromWorker[]>;
  /** Waits until the status reads so, and fails if it never does. */
  expectStatus(text: RegExp): Promise<void>;
  /** What TensorFlow.js holds in the worker. */
  memory(): Promise<Memory>;
}

/** Opens the page in a tab of its own. */
export async function openPage(browser: Browser, url: string): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 860 } });
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.addInitScript(listenToWorkers);
  await page.goto(url);
  return {
    page,
    said,
    messages: () => page.evaluate(() => (globalThis as unknown as Listening).messages),
    expectStatus: (text) =>
      page.getByRole('status').filter({ hasText: text }).waitFor({ timeout: 240_000 }),
    // TensorFlow.js keeps its one engine there.
    memory: () =>
      page.workers()[0]!.evaluate(() => (Reflect.get(globalThis, '_tfengine') as Engine).memory()),
  };
}

interface Listening {
  messages: FromWorker[];
}

/** In bytes and tensors, what TensorFlow.js holds. */
interface Memory {
  readonly numTensors: number;
  readonly numBytesInGPU: number;
}

interface Engine {
  memory(): Memory;
}

/** Runs in the page, before its own script. */
function listenToWorkers(): void {
  const messages: FromWorker[] = [];
  (globalThis as unknown as Listening).messages = messages;
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => messages.push(data));
    }
  };
}
