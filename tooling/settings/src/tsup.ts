import { defineConfig, type Options } from 'tsup';

export type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * The tsup settings of every package: ES modules for Node and browsers alike.
 * Declarations come from tsc afterwards (tsup cannot drive TypeScript 7).
 *
 * @param options - entries, and what differs in one package
 */
export function library(options: Options): ReturnType<typeof defineConfig> {
  return defineConfig({
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    splitting: true,
    sourcemap: true,
    dts: false,
    clean: true,
    silent: true,
    ...options,
  });
}
