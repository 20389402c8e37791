import { setBackend } from '@tensorflow/tfjs-core';
import util from 'node:util';
import { beforeAll, describe } from 'vitest';

/** Why TensorFlow's library is not here, in words; undefined where it is. */
const missing = await loadTensorFlow();

async function loadTensorFlow(): Promise<string | undefined> {
  // tfjs-node 4.22.0 calls what Node 22 warns of and Node 23 has no longer.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  try {
    await import('@tensorflow/tfjs-node');
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    if (!message.includes('native addon module')) throw error;
    return '@tensorflow/tfjs-node has no addon here (pnpm native cpu fetches it)';
  }
}

const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;

/**
 * Defines tests on the backend `tensorflow`. Where its addon is not there, they are skipped, and say so and
 * why, in the report and on stderr.
 */
export function describeOnTensorFlow(title: string, define: () => void): void {
  if (skipped !== '') process.stderr.write(`${title}${skipped}\n`);
  describe.skipIf(skipped !== '')(`${title}${skipped}`, () => {
    beforeAll(async () => {
      await setBackend('tensorflow');
    });
    define();
  });
}
