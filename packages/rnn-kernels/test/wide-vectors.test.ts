import { afterEach, describe, expect, test, vi } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { narrowBlock } from '../src/core/block-shape.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import { ready } from '../src/cpu.js';
import { nodeProgram } from './run-program.js';
import type { TrainedHash } from './programs/trained-hash.js';

const program = nodeProgram('trained-hash');

async function trained(preload?: string): Promise<TrainedHash> {
  const { exitCode, stdout, stderr } = await program.run([], preload);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as TrainedHash;
}

function cpuHasAVX2(): boolean {
  const cpus = '/proc/cpuinfo';
  return existsSync(cpus) && readFileSync(cpus, 'utf8').includes(' avx2 ');
}

const here = Number.parseFloat(process.versions.v8) >= 13.6 && cpuHasAVX2();

describe('wide vectors', () => {
  test.runIf(here)('give the same numbers to the bit as narrow ones', async () => {
    const narrow = await trained();
    const wide = await trained('globalThis.wanted = true;');
    expect(narrow.ready.wideVectors).toBe(false);
    expect(wide.ready).toEqual({ threads: 2, relaxedSIMD: true, wideVectors: true });
    expect(wide.hashes).toEqual(narrow.hashes);
    expect(new Set(Object.values(wide.hashes)).size).toBe(4);
  });

  describe('are refused with the reason', () => {
    afterEach(() => {
      vi.unstubAllGlobals();
    });

    test.for([
      ['in a page', undefined, 'wide vectors need Node'],
      ['by Node 22', { versions: { v8: '12.4.254' } }, 'wide vectors need Node 24 or newer'],
      ['by an ARM processor', { arch: 'arm64' }, 'wide vectors need AVX2, which was not found'],
      [
        'where the processor has no AVX2',
        { platform: 'linux', text: 'flags : sse4_2 avx f16c' },
        'wide vectors need AVX2, which was not found',
      ],
    ] as const)('%s', async ([, differences, reason]) => {
      const { text = '', ...own } = (differences ?? {}) as Record<string, unknown>;
      const node = {
        versions: { v8: '13.6.233', node: process.versions.node },
        arch: 'x64',
        platform: 'linux',
        getBuiltinModule: () => ({ readFileSync: () => text }),
      };
      vi.stubGlobal('process', differences && { ...node, ...own });
      const report = await ready({ threads: 1, wideVectors: true });
      expect(report).toMatchObject({ threads: 1, wideVectors: false, reason });
    });
  });

  test('are given up again by a call that does not ask for them', async () => {
    await ready({ threads: 1, wideVectors: true });
    const report = await ready({ threads: 1 });
    expect(report.wideVectors).toBe(false);
    expect(sharedEngine()!.core.block).toEqual(narrowBlock(globalThis));
  });
});
