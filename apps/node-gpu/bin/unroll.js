#!/usr/bin/env node
// Committed, so that pnpm can link it before anything is built.
import { existsSync } from 'node:fs';

const build = new URL('../dist/cli.js', import.meta.url);
if (existsSync(build)) {
  const { main } = await import(build.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write('unroll: expected a build, found none; run: pnpm build\n');
  process.exitCode = 1;
}
