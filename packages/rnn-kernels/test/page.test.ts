import { describe, expect, test } from 'vitest';
import type { PageReport } from './programs/page.js';
import { pageProgram, type VisitOptions } from './served-page.js';

const visit = pageProgram();

const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Allows the page its own files and nothing else, but for what a test adds. */
function policy(...more: readonly string[]): Record<string, string> {
  return { 'content-security-policy': ["default-src 'self'", ...more].join('; ') };
}

const compiling = "script-src 'self' 'wasm-unsafe-eval'";

async function reportOf(options: VisitOptions): Promise<PageReport> {
  const { report, uncaught } = await visit(options);
  expect(uncaught).toEqual([]);
  expect(report).not.toHaveProperty('failure');
  for (const check of [report.cpu, report.wasm]) {
    if (check === undefined) continue;
    expect(check.lossError).toBeLessThan(1e-5);
    expect(check.gradientError).toBeLessThan(1e-4);
  }
  return report;
}

const fused = { cpu: { fused: true }, wasm: { fused: true } };

describe('the entries, in Chromium', () => {
  test('in a page that is not isolated, fuse on one thread and say why', async () => {
    const report = await reportOf({ headers: {} });
    expect(report).toMatchObject({ ...fused, isolated: false, started: 0 });
    expect(report.ready).toMatchObject({
      threads: 1,
      reason: 'threads need shared memory, which a page has only where it is cross-origin isolated',
    });
  });

  test('in a worker of an isolated page, fuse on all threads asked for, and end them', async () => {
    const report = await reportOf({ headers: isolated, worker: true });
    expect(report).toMatchObject({ ...fused, isolated: true, started: 2, ended: 0 });
    expect(report.ready).toEqual({ threads: 3, relaxedSIMD: true, wideVectors: false });
    expect(report.endedAtLast).toBe(2);
  });

  test('on the main thread of an isolated page, fuse on one thread and say why', async () => {
    const report = await reportOf({ headers: isolated });
    expect(report).toMatchObject({ ...fused, isolated: true, started: 0 });
    expect(report.ready).toMatchObject({
      threads: 1,
      reason: "a page's main thread may not wait for others: run the network in a worker",
    });
  });

  test.for([false, true])(
    'under a policy that forbids WebAssembly, compose and say so (in a worker: %s)',
    async (worker) => {
      const report = await reportOf({ headers: { ...isolated, ...policy() }, worker });
      expect(report).toMatchObject({ cpu: { fused: false }, started: 0 });
      expect(report.ready).toEqual({
        refusal:
          "Error: rnn-kernels: expected WebAssembly with SIMD, got an engine that may not compile it: a content security policy has to allow 'wasm-unsafe-eval' in script-src",
      });
    },
  );

  test('under a policy that forbids blob: workers, fuse on one thread and say why', async () => {
    const headers = { ...isolated, ...policy(compiling) };
    const report = await reportOf({ headers, worker: true });
    expect(report).toMatchObject({ ...fused, isolated: true });
    expect(report.ready).toMatchObject({
      threads: 1,
      reason: 'a thread did not start: a content security policy has to allow blob: in worker-src',
    });
    expect(report.ended).toBe(report.started);
  });

  test('under a policy that allows both, fuse on all threads asked for', async () => {
    const headers = { ...isolated, ...policy(compiling, "worker-src 'self' blob:") };
    const report = await reportOf({ headers, worker: true });
    expect(report).toMatchObject({ ...fused, isolated: true, started: 2, ended: 0 });
    expect(report.ready).toEqual({ threads: 3, relaxedSIMD: true, wideVectors: false });
  });
});
