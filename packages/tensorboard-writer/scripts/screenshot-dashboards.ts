#!/usr/bin/env node
// Opens a log with every kind of data in TensorBoard, and puts a picture of its dashboards on one sheet:
//
//     UNROLL_PYTHON=python3 pnpm --filter @unroll/tensorboard-writer screenshot [FILE.png]
//
// Needs Python with TensorBoard, and Chromium.
import { launchOptions } from '@unroll/settings/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEveryKind } from '../test/judge/every-kind.ts';
import { TensorBoardServer } from '../test/judge/tensorboard-server.ts';

// Names after # in TensorBoard's address.
const DASHBOARDS = [
  'scalars',
  'histograms',
  'images',
  'text',
  'hparams',
  'graphs',
  'projector',
  'pr_curves',
  'mesh',
] as const;
const [WIDTH, HEIGHT] = [1200, 750];
const COLUMNS = 3;
// Plots and the graph are drawn after the page says that it is done.
const DRAWING_MS = 6000;

const file = process.argv[2] ?? 'docs/dashboards.png';
const python = process.env['UNROLL_PYTHON'] ?? 'python3';
const logdir = mkdtempSync(join(tmpdir(), 'unroll-tensorboard-'));
await writeEveryKind(logdir);
const server = await TensorBoardServer.start(python, logdir, 'fast', 2);
const browser = await chromium.launch(launchOptions());
try {
  const pictures: Buffer[] = [];
  for (const dashboard of DASHBOARDS) pictures.push(await picture(browser, dashboard));
  await sheet(browser, pictures);
} finally {
  await browser.close();
  await server.stop();
  rmSync(logdir, { recursive: true });
}
console.log(`${DASHBOARDS.length} dashboards in ${file}`);

async function picture(chrome: Browser, dashboard: string): Promise<Buffer> {
  const page = await chrome.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await page.goto(`${server.url}#${dashboard}`);
  await page.waitForTimeout(DRAWING_MS);
  const png = await page.screenshot();
  await page.close();
  return png;
}

async function sheet(chrome: Browser, pictures: readonly Buffer[]): Promise<void> {
  const width = WIDTH / 2;
  const page: Page = await chrome.newPage({ viewport: { width: COLUMNS * width, height: 100 } });
  const images = pictures.map(
    (png) => `<img width="${width}" src="data:image/png;base64,${png.toString('base64')}">`,
  );
  const style = `margin: 0; display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr)`;
  await page.setContent(`<body style="${style}">${images.join('')}</body>`);
  await page.screenshot({ path: file, fullPage: true });
}
