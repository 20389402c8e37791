import { availableParallelism } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Ended, type RunOptions, runUnroll } from './run-unroll.js';
import { stageInstall } from './staged-install.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');

beforeAll(() => writeTinyData(data, { train: 24, test: 15 }));

/** Trains for two steps. */
async function runOn(
  backend: string,
  { more = [], ...options }: RunOptions & { readonly more?: readonly string[] } = {},
): Promise<Ended> {
  const size = ['--batch-size', '10', '--epochs', '1', '--units', '5'];
  const args = ['train', '--data', data, '--no-verify', ...size, '--backend', backend, ...more];
  return runUnroll(args, { cwd: folder, ...options });
}

const gpu = '@tensorflow/tfjs-node-gpu';
const cpu = '@tensorflow/tfjs-node';

/** As the packages are where an install leaves out their addons: they register, and then fail. */
const withoutAddon = `
  const tf = require('@tensorflow/tfjs-core');
  tf.registerKernel({ kernelName: 'Add', backendName: 'tensorflow', kernelFunc() {} });
  throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path');
`;

/** Stands in for TensorFlow's library: a backend of its name, which computes as the cpu does. */
const library = (usesGPU: boolean) => `
  const tf = require('@tensorflow/tfjs-core');
  const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu');
  for (const kernel of tf.getKernelsForBackend('cpu')) {
    tf.registerKernel({ ...kernel, backendName: 'tensorflow' });
  }
  tf.registerBackend('tensorflow', () =>
    Object.assign(new MathBackendCPU(), { isUsingGpuDevice: ${usesGPU} }));
`;

const notLoaded = `
  const error = new Error('libcudart.so.11.0: cannot open shared object file\\nand more');
  throw Object.assign(error, { code: 'ERR_DLOPEN_FAILED' });
`;

const threads = Math.min(availableParallelism(), 8);
const onThreads = `with fused kernels on ${threads} thread${threads === 1 ? '' : 's'}`;
const narrow = whyNarrow();
const fused = `${onThreads}${narrow === undefined ? ', wide vectors' : `: ${narrow}`}`;

/** Why vectors are narrow on this machine, if they are. */
function whyNarrow(): string | undefined {
  if (Number.parseFloat(process.versions.v8) < 13.6) return 'wide vectors need Node 24 or newer';
  const cpus = '/proc/cpuinfo';
  const known = existsSync(cpus) ? / avx2 /u.test(readFileSync(cpus, 'utf8')) : true;
  return known && process.arch === 'x64'
    ? undefined
    : 'wide vectors need AVX2, which was not found';
}

describe('--backend', () => {
  test('wasm and cpu compute the same', async () => {
    const wasm = await runOn('wasm');
    const cpuRun = await runOn('cpu');
    expect(wasm).toMatchObject({ exitCode: 0, stderr: '' });
    expect(cpuRun).toMatchObject({ exitCode: 0, stderr: '' });
    expect(wasm.stdout.split('\n')[0]).toBe(`backend: wasm (as asked for, ${fused})`);
    expect(cpuRun.stdout.split('\n')[0]).toBe(`backend: cpu (as asked for, ${fused})`);
    const accuracy = /^test accuracy .*$/m;
    expect(accuracy.exec(wasm.stdout)![0]).toBe(accuracy.exec(cpuRun.stdout)![0]);
  });

  test('wasm computes the same without wide vectors', async () => {
    const [wide, narrowRun] = [
      await runOn('wasm'),
      await runOn('wasm', { more: ['--no-wide-vectors'] }),
    ];
    expect(narrowRun).toMatchObject({ exitCode: 0, stderr: '' });
    expect(narrowRun.stdout.split('\n')[0]).toBe(`backend: wasm (as asked for, ${onThreads})`);
    const numbers = /, loss .*?(?=, sec)|^test accuracy .*$/gm;
    expect(narrowRun.stdout.match(numbers)).toEqual(wide.stdout.match(numbers));
    expect(wide.stdout.match(numbers)).not.toBeNull();
  });

  test("tensorflow, with TensorFlow's own library, computes the same", async ({ skip }) => {
    const run = await runOn('tensorflow');
    const none = run.stderr.startsWith('unroll: --backend tensorflow: ');
    skip(none, `${cpu} has no addon here (pnpm native cpu fetches it)`);
    expect(run.exitCode).toBe(0);
    const [first] = run.stdout.split('\n');
    expect(first).toMatch(/^backend: tensorflow \(@tensorflow\/tfjs-node.* with fused kernels\)$/);
    const accuracy = /^test accuracy .*$/m;
    const { stdout } = await runOn('wasm');
    expect(accuracy.exec(run.stdout)![0]).toBe(accuracy.exec(stdout)![0]);
  });

  // The first flag is one of V8's for x64; so is what it takes away.
  test.runIf(process.arch === 'x64').for([
    [
      '--no-enable-sse4-1',
      'step by step: rnn-kernels: expected WebAssembly with SIMD, got an engine without SIMD',
    ],
    [
      '--enable-sharedarraybuffer-per-context',
      threads === 1
        ? fused
        : `with fused kernels on 1 thread${narrow === undefined ? ', wide vectors: ' : `: ${narrow}; `}threads need shared memory, which a page has only where it is cross-origin isolated`,
    ],
  ] as const)('wasm in a Node with %s trains too, and says how', async ([flag, how]) => {
    const { exitCode, stdout, stderr } = await runOn('wasm', { flags: [flag] });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(`backend: wasm (as asked for, ${how})`);
    expect(stdout).toMatch(/\ntest accuracy over all 15 images: .*\n$/);
  });

  test.for<[string, string, Readonly<Record<string, string>>, string]>([
    ['auto', 'nothing native installed', {}, `wasm (${fused}; ${gpu} is not installed)`],
    [
      'auto',
      'no addon',
      { [gpu]: withoutAddon, [cpu]: withoutAddon },
      `wasm (${fused}; ${gpu} has no addon yet (pnpm native fetches it))`,
    ],
    [
      'auto',
      'a library that does not load',
      { [gpu]: notLoaded },
      `wasm (${fused}; ${gpu} cannot be loaded (libcudart.so.11.0: cannot open shared object file))`,
    ],
    ['auto', 'no GPU', { [gpu]: library(false) }, `wasm (${fused}; ${gpu} found no GPU)`],
    [
      'auto',
      'a GPU',
      { [gpu]: library(true) },
      `tensorflow (${gpu} found a GPU, with fused kernels)`,
    ],
    [
      'tensorflow',
      'a GPU',
      { [gpu]: library(true) },
      `tensorflow (${gpu}, on the GPU, with fused kernels)`,
    ],
    [
      'tensorflow',
      "the CPU's library alone",
      { [gpu]: withoutAddon, [cpu]: library(false) },
      `tensorflow (${cpu}, on the CPU, with fused kernels)`,
    ],
  ])('%s, with %s, says what it takes and why', async ([backend, name, natives, expected]) => {
    const bin = await stageInstall(join(folder, `${backend} ${name}`), natives);
    const run = await runOn(backend, { bin });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout.split('\n')[0]).toBe(`backend: ${expected}`);
    expect(run.stdout).toMatch(/\ntest accuracy over all 15 images: .*\n$/);
  });

  test.for<[string, Readonly<Record<string, string>>, string]>([
    ['nothing native installed', {}, `${gpu} is not installed; ${cpu} is not installed`],
    [
      'no addons',
      { [gpu]: withoutAddon, [cpu]: withoutAddon },
      `${gpu} has no addon yet (pnpm native fetches it); ${cpu} has no addon yet (pnpm native fetches it)`,
    ],
  ])('tensorflow, with %s, is refused in one line', async ([name, natives, reasons]) => {
    const bin = await stageInstall(join(folder, `refused ${name}`), natives);
    expect(await runOn('tensorflow', { bin })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `unroll: --backend tensorflow: ${reasons}\n`,
    });
  });
});
