/* Inflating in a page: ours against the page's own DecompressionStream. */
import { launchOptions } from '@unroll/settings/chromium';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { type Spread, spreadOf } from '../statistics.ts';

export interface BrowserTimes {
  readonly browser: string;
  /** Milliseconds. */
  readonly ours: Spread;
  readonly platform: Spread;
}

/** Rounds of both by turns, in headless Chromium. */
export async function browserTimes(gzip: Uint8Array, rounds: number): Promise<BrowserTimes> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('in-page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ type: 'module', content: outputFiles[0]?.text ?? '' });
    const base64 = Buffer.from(gzip).toString('base64');
    const times = await page.evaluate(([data, count]) => globalThis.inPage(data, count), [
      base64,
      rounds,
    ] as const);
    return {
      browser: `Chromium ${browser.version()}`,
      ours: spreadOf(times.ours),
      platform: spreadOf(times.platform),
    };
  } finally {
    await browser.close();
  }
}
