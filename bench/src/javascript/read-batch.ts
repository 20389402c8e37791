import { readFile } from 'node:fs/promises';
import type { Task } from '../protocol.ts';

/** The batch that all contenders train on. */
export interface BatchData {
  /** `[batch, time, inputSize]` */
  readonly images: Float32Array;
  /** `[batch]` */
  readonly labels: Int32Array;
}

export async function readBatch({ data, model }: Task): Promise<BatchData> {
  const { buffer } = new Uint8Array(await readFile(data));
  const pixels = model.batch * model.time * model.inputSize;
  return {
    images: new Float32Array(buffer, 0, pixels),
    labels: new Int32Array(buffer, 4 * pixels, model.batch),
  };
}
