import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readmeExamples } from '@unroll/testing/readme';
import { afterAll, beforeAll } from 'vitest';

const home = process.cwd();
let folder: string;

// The examples write their logs where they are run.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-readme-'));
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

readmeExamples(new URL('../README.md', import.meta.url));
