#!/usr/bin/env node
// Compares the public surface of the package of the current folder with the reports in its folder
// `api`, one for each entry, and fails where they differ. `api-report --update` writes them.
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom'],
  types: ['node'],
  skipLibCheck: true,
};

const folder = process.cwd();
const update = process.argv.includes('--update');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
mkdirSync(join(folder, 'api'), { recursive: true });

for (const [entry, target] of Object.entries(manifest.exports)) {
  if (typeof target === 'string') continue;
  const reportFileName = entry === '.' ? 'index' : entry.slice(2);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: resolve(folder, target.types),
      // The extractor brings a compiler of its own, which knows no TypeScript 7.
      compiler: { overrideTsconfig: { compilerOptions, include: ['dist'] } },
      apiReport: {
        enabled: true,
        reportFileName,
        reportFolder: join(folder, 'api'),
        reportTempFolder: join(folder, 'node_modules/.cache/api-report'),
      },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: update,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  if (apiReportChanged && !update) {
    console.error(
      `${manifest.name}: api/${reportFileName}.api.md: expected the public surface as reported, got another; look at it, then run: pnpm api`,
    );
    process.exitCode = 1;
  }
}
