import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SharedBlock } from './core/shared-block.js';
import type { Host } from './host.js';

/** A result in the core's memory that becomes the numbers of a tensor when somebody looks at them. */
export interface LateResult {
  readonly shape: readonly number[];
  /** Where it is; held until somebody has looked, or nobody will. */
  readonly memory: SharedBlock;
  fill(values: Float32Array): void;
}

/** Bytes that results may keep waiting, all together: more than a training step's, less than would be missed. */
export const mostWaiting: number = 2 ** 28;

interface Waiting {
  readonly host: Host;
  readonly result: LateResult;
  readonly look: () => void;
}

/** Results that nobody has looked at yet, by the identity of their numbers, which clones share; the oldest first. */
const waiting = new Map<object, Waiting>();

/** What all of them reach, each by itself: never less than what they hold. */
let reached = 0;

/** Makes a tensor of a result. */
export function lateTensor(host: Host, result: LateResult): TensorInfo {
  const { memory, shape } = result;
  const info = host.lateOutput(shape, {
    fill: (values) => result.fill(values),
    drop() {
      waiting.delete(info.dataId);
      reached -= memory.reach;
      memory.letGo();
    },
  });
  memory.hold();
  reached += memory.reach;
  waiting.set(info.dataId, { host, result, look: () => void host.floats(info) });
  lookAtOldest();
  return info;
}

/** What a tensor is made of, if nobody has looked at it. */
export function lateResultOf({ dataId }: TensorInfo): LateResult | undefined {
  return waiting.get(dataId)?.result;
}

/** Looks at all results of a backend that ends: later nobody may be able to, and they would wait for ever. */
export function lookAtAllOf(host: Host): void {
  for (const { host: own, look } of waiting.values()) if (own === host) lookQuietly(look);
}

/** So that tensors which are kept, but not looked at, do not fill the core's memory. */
function lookAtOldest(): void {
  for (const { result, look } of waiting.values()) {
    if (reached <= mostWaiting || bytesWaiting() <= mostWaiting) return;
    if (!isNeededOtherwise(result.memory)) lookQuietly(look);
  }
}

/** Bytes of all that results hold: their own memory, which several may share, and what is beneath it. */
function bytesWaiting(): number {
  const blocks = new Set<SharedBlock>();
  for (const { result } of waiting.values()) result.memory.addTo(blocks);
  let bytes = 0;
  for (const block of blocks) bytes += block.bytes;
  return bytes;
}

/** Whether others than results that wait hold memory: then a look would not free it. */
function isNeededOtherwise(memory: SharedBlock): boolean {
  let results = 0;
  for (const { result } of waiting.values()) if (result.memory === memory) results += 1;
  return memory.holders > results;
}

/** A look that fails is for whoever looks for the numbers' sake: here they go on waiting. */
function lookQuietly(look: () => void): void {
  try {
    look();
  } catch {
    // Thrown again at the next look.
  }
}
