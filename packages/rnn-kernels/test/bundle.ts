import { join } from 'node:path';
import { build, defaultClientConditions, defaultServerConditions, type InlineConfig } from 'vite';

export interface BundleOptions {
  /** A file of test/programs, without its ending. */
  readonly program: string;
  /** Where `NAME.js` goes. */
  readonly folder: string;
  /** For Node TensorFlow.js stays outside; for a page everything is in one minified file. */
  readonly target: 'node' | 'page';
}

/** Makes a program of this package's sources, as an application's build would. */
export async function bundle({ program, folder, target }: BundleOptions): Promise<void> {
  const entry = join(import.meta.dirname, 'programs', `${program}.ts`);
  const usual = target === 'node' ? defaultServerConditions : defaultClientConditions;
  const resolve = { conditions: ['@unroll/source', ...usual] };
  const common: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    publicDir: false,
    resolve,
  };
  const output = { entryFileNames: `${program}.js` };
  const outputTo = { outDir: folder, emptyOutDir: false };
  if (target === 'node') {
    await build({
      ...common,
      ssr: { noExternal: [/^@unroll\//u], resolve },
      build: { ...outputTo, ssr: entry, rolldownOptions: { output } },
    });
  } else {
    await build({
      ...common,
      build: { ...outputTo, rolldownOptions: { input: entry, output } },
    });
  }
}
