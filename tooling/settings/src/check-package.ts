#!/usr/bin/env node
// Packs the package of the current folder as a release would, and lets publint and
// "are the types wrong" judge the tarball.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const folder = mkdtempSync(join(tmpdir(), 'unroll-package-'));
try {
  execFileSync('pnpm', ['pack', '--pack-destination', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');

  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
    strict: true,
  });
  for (const message of messages) console.error(formatMessage(message, pkg));

  const attw = join(import.meta.dirname, '../node_modules/.bin/attw');
  execFileSync(attw, [tarball, '--profile', 'esm-only', '--format', 'ascii'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (messages.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
