import { describe, expect, test } from 'vitest';
import type { EngineReport } from './programs/engine-report.js';
import { nodeProgram } from './run-program.js';

const program = nodeProgram('engine-report');

async function reportOf(flags: readonly string[], preload?: string): Promise<EngineReport> {
  const { exitCode, stdout, stderr } = await program.run(flags, preload);
  expect(stderr.replaceAll(/^Warning: disabling flag.*\n/gmu, '')).toBe('');
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout) as EngineReport;
  for (const check of [report.cpu, report.wasm]) {
    if (check === undefined) continue;
    expect(check.lossError).toBeLessThan(1e-5);
    expect(check.gradientError).toBeLessThan(1e-4);
  }
  return report;
}

/** An engine without relaxed SIMD: its multiply-add is what the better binary has it for. */
const withoutRelaxed = `
const { validate, Module } = WebAssembly;
const isRelaxed = (bytes) => Buffer.from(bytes).includes(Buffer.from([0xfd, 0x85, 0x02]));
WebAssembly.validate = (bytes) => !isRelaxed(bytes) && validate(bytes);
WebAssembly.Module = class extends Module {
  constructor(bytes) {
    if (isRelaxed(bytes)) throw new WebAssembly.CompileError('invalid simd opcode');
    super(bytes);
  }
};`;

/** The second thread ends before it serves; what follows a program's flags runs in its threads too. */
const secondThreadFails = `
const { threadId } = require('node:worker_threads');
if (threadId === 2) throw new Error('no memory for this one');`;

describe('the entries, in an engine', () => {
  test('with everything, fuse on all threads asked for', async () => {
    const { ready, cpu, wasm, workers } = await reportOf([]);
    expect(ready).toEqual({ threads: 3, relaxedSIMD: true, wideVectors: false });
    expect([cpu.fused, wasm!.fused, workers]).toEqual([true, true, 2]);
  });

  // The flag is one of V8's for x64; so is what it takes away.
  test.runIf(process.arch === 'x64')('without SIMD, compose and say so', async () => {
    const { ready, cpu, wasm, workers } = await reportOf(['--no-enable-sse4-1']);
    expect(ready).toEqual({
      refusal: 'Error: rnn-kernels: expected WebAssembly with SIMD, got an engine without SIMD',
    });
    expect([cpu.fused, wasm!.fused, workers]).toEqual([false, false, 0]);
  });

  test('without relaxed SIMD, fuse with products that round twice', async () => {
    const { ready, cpu, wasm } = await reportOf([], withoutRelaxed);
    expect(ready).toEqual({ threads: 3, relaxedSIMD: false, wideVectors: false });
    expect([cpu.fused, wasm!.fused]).toEqual([true, true]);
  });

  test('without WebAssembly, compose and say so', async () => {
    const { ready, cpu } = await reportOf(['--jitless']);
    expect(ready).toEqual({
      refusal:
        'Error: rnn-kernels: expected WebAssembly with SIMD, got an engine without WebAssembly',
    });
    expect(cpu.fused).toBe(false);
  });

  test('without SharedArrayBuffer, fuse on one thread and say why', async () => {
    const { ready, cpu, wasm, workers } = await reportOf([
      '--enable-sharedarraybuffer-per-context',
    ]);
    expect(ready).toEqual({
      threads: 1,
      relaxedSIMD: true,
      wideVectors: false,
      reason: 'threads need shared memory, which a page has only where it is cross-origin isolated',
    });
    expect([cpu.fused, wasm!.fused, workers]).toEqual([true, true, 0]);
  });

  test('that forbids workers, fuse on one thread and say why', async () => {
    const { ready, cpu, wasm, workers } = await reportOf(['--permission', '--allow-fs-read=*']);
    expect(ready).toEqual({
      threads: 1,
      relaxedSIMD: true,
      wideVectors: false,
      reason: expect.stringMatching(/^a thread did not start: .*restricted/u) as string,
    });
    expect([cpu.fused, wasm!.fused, workers]).toEqual([true, true, 0]);
  });

  test('where one of two workers does not start, end the other one too', async () => {
    const { ready, cpu, wasm, workers } = await reportOf([], secondThreadFails);
    expect(ready).toEqual({
      threads: 1,
      relaxedSIMD: true,
      wideVectors: false,
      reason: 'a thread did not start: no memory for this one',
    });
    expect([cpu.fused, wasm!.fused, workers]).toEqual([true, true, 0]);
  });
});
