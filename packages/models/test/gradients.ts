/*
 * Registers the gradients as the build of the trainer has them: in Node their source cannot be
 * imported (docs/decisions/0002-gradients-in-node.md).
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

await import(
  pathToFileURL(createRequire(import.meta.url).resolve('@unroll/trainer/gradients')).href
);
