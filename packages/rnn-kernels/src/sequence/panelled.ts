import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { Host } from '../host.js';
import type { SharedBlock } from '../core/shared-block.js';
import { setPart } from './part-layout.js';
import type { Engine } from './register-sequence-kernels.js';
import type { Slot } from './slot.js';

/** A pass's result over time as the core has left it: in panels, in the order in which steps are walked. */
export interface Panelled {
  readonly what: 'inputGradient' | 'outputs';
  readonly slot: Slot;
  /** Of the tensor: its memory is let go of when nobody will look at it any more. */
  readonly memory: SharedBlock;
  readonly shape: readonly number[];
  readonly attrs: SequenceAttrs;
  /** Of a gradient: where each thread's panels stand. */
  readonly places: readonly number[];
}

/** Bytes that results may keep waiting, all together: more than a training step's, less than would be missed. */
const mostWaiting = 2 ** 28;

interface Waiting {
  readonly result: Panelled;
  readonly look: () => void;
}

/** Results that nobody has looked at yet, by the identity of their numbers, which clones share; the oldest first. */
const waiting = new Map<object, Waiting>();

/** Numbers of assembly/index.as. */
const unpacking = { outputs: 8, inputGradient: 9 } as const;

/**
 * A tensor of a result that stays in panels until somebody looks at its numbers. A layer above does not:
 * it takes the panels, and gives the gradient by them back in the same way.
 */
export function lateTensor(host: Host, engine: Engine, result: Panelled): TensorInfo {
  const { memory, shape } = result;
  memory.hold();
  const info = host.lateOutput(shape, {
    fill: (values) => unpack(engine, result, values),
    drop() {
      waiting.delete(info.dataId);
      memory.letGo();
    },
  });
  waiting.set(info.dataId, { result, look: () => void host.floats(info) });
  lookAtOldest();
  return info;
}

/** So that tensors which are kept, but not looked at, do not fill the core's memory. */
function lookAtOldest(): void {
  let bytes = 0;
  for (const { result } of waiting.values()) bytes += result.slot.layout.bytes;
  for (const { result, look } of waiting.values()) {
    if (bytes <= mostWaiting) return;
    bytes -= result.slot.layout.bytes;
    look();
  }
}

function unpack({ core, threads }: Engine, { slot, what }: Panelled, values: Float32Array): void {
  const block = core.arena.take(4 * values.length);
  const { address } = block;
  try {
    for (const part of slot.parts) {
      setPart(core, part, what === 'outputs' ? { outputs: address } : { dInputs: address });
    }
    threads.run(unpacking[what], slot.parts);
    values.set(new Float32Array(core.memory.buffer, address, values.length));
  } finally {
    core.arena.give(block);
  }
}

interface TakeOptions {
  readonly what: Panelled['what'];
  readonly attrs: SequenceAttrs;
  /** As many as the pass has that would take it. */
  readonly parts: number;
}

/** The panels that a tensor's numbers stand in, if a pass can take them as they are. */
export function findPanelled(
  { dataId, shape }: TensorInfo,
  { what, attrs, parts }: TakeOptions,
): Panelled | undefined {
  const result = waiting.get(dataId)?.result;
  if (result === undefined) return undefined;
  const fits =
    result.what === what &&
    inOrder(result.attrs) &&
    inOrder(attrs) &&
    result.attrs.timeMajor === attrs.timeMajor &&
    result.slot.parts.length === parts &&
    result.shape.join() === shape.join();
  return fits ? result : undefined;
}

/** Whether panels hold the batch's rows and steps as they come: neither sorted by length nor from their ends. */
function inOrder({ padded, reverse }: SequenceAttrs): boolean {
  return !padded && !reverse;
}
