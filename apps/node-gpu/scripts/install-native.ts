#!/usr/bin/env node
/*
 * Gives TensorFlow's native backend its addon and library, which an install of the workspace leaves
 * out (docs/decisions/0003-native-addons.md):
 *
 *   pnpm native gpu                          downloads the library and addon of tfjs-node-gpu
 *   pnpm native cpu                          the same of tfjs-node
 *   pnpm native gpu --tensorflow <folder>    builds the addon against TensorFlow's Python package
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Long enough for half a gigabyte on a slow line; then the download counts as blocked. */
const timeLimit = 20 * 60 * 1000;

/** What the addon's sources include of TensorFlow's C interface. */
const headers =
  'c_api c_api_macros tf_attrtype tf_buffer tf_datatype tf_status tf_tensor tf_tstring eager/c_api'
    .split(' ')
    .map((name) => `tensorflow/c/${name}.h`);
headers.push(
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
);

/** Names under which the addon looks for the library, and what they are called in Python's package. */
const libraries = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2.9.1': 'libtensorflow_cc.so.2',
  'libtensorflow_cc.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  'libtensorflow_framework.so.2': 'libtensorflow_framework.so.2',
};

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { tensorflow: { type: 'string' } },
  });
  const [kind = 'gpu'] = positionals;
  if (kind !== 'gpu' && kind !== 'cpu') fail(`expected gpu or cpu, got ${kind}`, 2);
  const name = kind === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  const folder = packageFolder(name);
  if (values.tensorflow === undefined) {
    run(folder, 'scripts/install.js', kind, 'download');
  } else {
    linkTensorFlow(folder, resolve(values.tensorflow));
    useHeadersHere();
    const preGyp = createRequire(join(folder, 'package.json')).resolve('@mapbox/node-pre-gyp');
    run(folder, join(dirname(preGyp), '../bin/node-pre-gyp'), 'install', '--build-from-source');
  }
  // A load in a process of its own is the proof.
  run(folder, '-e', `util.isNullOrUndefined ??= (v) => v == null; require('.')`);
  console.log(`${name} works; unroll takes it with --backend tensorflow, and a GPU by itself`);
}

function packageFolder(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return fail(`expected ${name} among the installed packages, found none; run: pnpm install`);
  }
}

/** Puts the headers and libraries of TensorFlow's Python package where the addon's build looks. */
function linkTensorFlow(folder: string, tensorflow: string): void {
  const include = join(tensorflow, 'include');
  for (const path of [include, ...Object.values(libraries).map((name) => join(tensorflow, name))]) {
    if (!existsSync(path)) {
      fail(`--tensorflow: expected the folder of TensorFlow's Python package, got no ${path}`);
    }
  }
  rmSync(join(folder, 'deps'), { recursive: true, force: true });
  mkdirSync(join(folder, 'deps/lib'), { recursive: true });
  for (const header of headers) cpSync(join(include, header), join(folder, 'deps/include', header));
  for (const [alias, library] of Object.entries(libraries)) {
    symlinkSync(join(tensorflow, library), join(folder, 'deps/lib', alias));
  }
}

/**
 * Points node-gyp at Node's headers, where they are on this machine; otherwise it downloads them. The addon
 * keeps to Node-API, so those of another Node are as good.
 */
function useHeadersHere(): void {
  if (process.env['npm_config_nodedir'] !== undefined) return;
  const nodes = (process.env['PATH'] ?? '').split(delimiter).map((bin) => join(bin, 'node'));
  for (const node of [process.execPath, ...nodes.filter((path) => existsSync(path))]) {
    const prefix = dirname(dirname(realpathSync(node)));
    if (existsSync(join(prefix, 'include/node/node_api.h'))) {
      process.env['npm_config_nodedir'] = prefix;
      return;
    }
  }
}

function run(folder: string, ...args: string[]): void {
  const { status, error } = spawnSync(process.execPath, args, {
    cwd: folder,
    stdio: 'inherit',
    timeout: timeLimit,
  });
  if (error !== undefined) fail(`${args[0]}: ${error.message}`);
  if (status !== 0) fail(`${args[0]}: expected exit code 0, got ${status}; its words are above`);
}

function fail(message: string, code = 1): never {
  console.error(`native: ${message}`);
  process.exit(code);
}

main();
