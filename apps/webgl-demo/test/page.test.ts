import { rowClassifierDefaults } from '@unroll/models';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { BeginMessage, FromWorker, ProgressMessage } from '../src/messages.js';
import { openBrowser, openPage, servePage } from './built-page.js';

const screenshot = join(import.meta.dirname, '../__screenshots__/trained.png');

let server: Awaited<ReturnType<typeof servePage>>;
let browser: Browser;

beforeAll(async () => {
  server = await servePage();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function stepsOf(messages: readonly FromWorker[]): ProgressMessage[] {
  return messages
    .filter((message) => message.type === 'progress')
    .filter(({ phase }) => phase === 'train');
}

function beginOf(messages: readonly FromWorker[]): BeginMessage {
  return messages.find((message) => message.type === 'begin')!;
}

function lastRun(messages: readonly FromWorker[]): readonly FromWorker[] {
  return messages.slice(messages.findLastIndex((message) => message.type === 'begin'));
}

function meanLoss(steps: readonly ProgressMessage[]): number {
  return steps.reduce((sum, { loss }) => sum + loss, 0) / steps.length;
}

/** How many records an event file has. */
function recordsIn(file: Buffer): number {
  let count = 0;
  for (let at = 0; at < file.length; at += 16 + Number(file.readBigUInt64LE(at))) count++;
  return count;
}

describe('the built page', () => {
  test('trains on WebGL until the loss has fallen, and leaves no tensor', async () => {
    const { page, said, messages, expectStatus, memory } = await openPage(browser, server.url);
    let bytes = 0;
    page.on('response', (response) => {
      if (response.url().includes('/data/')) bytes += Number(response.headers()['content-length']);
    });

    await expectStatus(/^Ready/);
    expect(await page.locator('#backend').textContent()).toBe('webgl');
    expect(await page.locator('#renderer').textContent()).toContain('SwiftShader');
    await page.getByLabel('Epochs').fill('2');
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Done after 100 steps/);
    await page.screenshot({ path: screenshot, fullPage: true });

    const all = await messages();
    const steps = stepsOf(all);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(meanLoss(steps.slice(-10))).toBeLessThan(0.8 * meanLoss(steps.slice(0, 10)));

    const tested = all.filter((message) => message.type === 'tested');
    expect(tested.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 50],
      [2, 100],
    ]);
    expect(tested[1]!.accuracy).toBeGreaterThan(0.3);
    const accuracy = `${(100 * tested[1]!.accuracy).toFixed(1)}%`;
    // Numbers are drawn with the next frame.
    await expect.poll(() => page.locator('#test-accuracy').textContent()).toBe(accuracy);
    expect(await page.locator('#loss').textContent()).toBe(steps.at(-1)!.loss.toFixed(4));
    expect(await page.getByRole('status').textContent()).toContain(accuracy);

    const { trainBatches, testBatches } = beginOf(all);
    const sizes = [trainBatches, testBatches].map((n) => n * rowClassifierDefaults.batchSize);
    const [train, tests] = sizes.map((n) => n.toLocaleString('en-US'));
    const promise = `loads ${(bytes / 1e6).toFixed(1)} MB: ${train} training and ${tests} test images`;
    expect(await page.locator('#settings').innerText()).toContain(promise);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download these curves' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^events\.out\.tfevents\.\d{10}\.page\.0\.0$/);
    // The version, then loss and accuracy of each step and of each test.
    expect(recordsIn(await readFile(await download.path()))).toBe(1 + 2 * (100 + 2));

    expect(await memory()).toMatchObject({ numTensors: 0, numBytesInGPU: 0 });
    expect(said).toEqual([]);
    await page.close();
  });

  test('stops after the running step, and trains the same anew, by keyboard', async () => {
    const { page, said, messages, expectStatus, memory } = await openPage(browser, server.url);
    const stopped: ProgressMessage[][] = [];
    for (const start of [0, 1]) {
      await page.getByLabel('Seed').press('Enter');
      await expectStatus(/^Training/);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Stop');
      const before = stepsOf(lastRun(await messages()));
      await page.keyboard.press('Space');
      await expectStatus(/^Stopped/);
      const all = await messages();
      const steps = stepsOf(lastRun(all));
      expect(await page.getByRole('status').textContent()).toBe(
        `Stopped after ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}.`,
      );
      expect(all.at(-1)).toMatchObject({ type: 'done', step: steps.length, interrupted: true });
      expect(all.filter((message) => message.type === 'done')).toHaveLength(start + 1);
      // A few may have ended while the key was on its way.
      expect(steps.length).toBeLessThan(before.length + 5);
      expect(await memory()).toMatchObject({ numTensors: 0, numBytesInGPU: 0 });
      stopped.push(steps);
    }
    expect(stopped[1]![0]!.loss).toBe(stopped[0]![0]!.loss);
    expect(said).toEqual([]);
    await page.close();
  });

  test('stops while it loads, and starts again', async () => {
    const { page, expectStatus } = await openPage(browser, server.url);
    await page.route('**/train-images*', () => {}); // never answered
    await expectStatus(/^Ready/);
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Loading/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expectStatus(/^Stopped after 0 steps/);

    await page.unroute('**/train-images*');
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Training/);
    await page.close();
  });

  test('names a file that is missing, and starts once it is there', async () => {
    const { page, expectStatus } = await openPage(browser, server.url);
    await page.route('**/t10k-labels*', (route) => route.fulfill({ status: 404 }));
    await expectStatus(/^Ready/);
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Failed/);
    expect(await page.getByRole('alert').textContent()).toBe(
      `loadMnist: ${server.url}data/: t10k-labels-idx1-ubyte: ` +
        `expected it from a mirror, got ${server.url}data/: HTTP 404`,
    );

    await page.unroute('**/t10k-labels*');
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Training/);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.close();
  });

  test('says so when the GPU is lost, and starts once it is back', async () => {
    const shaken = await openBrowser();
    onTestFinished(() => shaken.close());
    const { page, expectStatus } = await openPage(shaken, server.url);
    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Training/);
    await (await shaken.newBrowserCDPSession()).send('Browser.crashGpuProcess').catch(() => {});
    await expectStatus(/^Failed/);
    expect(await page.getByRole('alert').textContent()).toBe(
      'The browser took the GPU away from this page. Start again.',
    );

    await page.getByRole('button', { name: 'Start' }).click();
    await expectStatus(/^Training/);
  });

  test('says so where there is no WebGL 2', async () => {
    const poor = await openBrowser({ webgl: false });
    onTestFinished(() => poor.close());
    const { page, expectStatus } = await openPage(poor, server.url);
    await expectStatus(/^Failed/);
    expect(await page.getByRole('alert').textContent()).toBe(
      'This page needs WebGL 2, and this browser offers none.',
    );
  });
});
