import { engine, keep, type Tensor } from '@tensorflow/tfjs-core';

/** What TensorFlow.js keeps of a call while it records. */
type RecordedCall = ReturnType<typeof engine>['state']['activeTape'][number];

/**
 * The call of a kernel that TensorFlow.js has just recorded.
 *
 * @throws Error if it records otherwise than this knows
 */
export function recordedCall(kernelName: string): Required<RecordedCall> {
  const call = engine().state.activeTape.at(-1);
  if (call?.kernelName === kernelName && call.gradient && call.saved) {
    return call as Required<RecordedCall>;
  }
  throw new Error(
    `${kernelName}: expected the tape of @tensorflow/tfjs-core 4.22, got one that records otherwise`,
  );
}

/**
 * Keeps tensors for a call's gradient, which gets them in this order. Left to itself TensorFlow.js clones
 * each by a kernel and records that as a call of its own: for a small network longer than the kernel.
 */
export function keepForGradient(call: Required<RecordedCall>, tensors: readonly Tensor[]): void {
  for (const { dataId, shape, dtype } of tensors) {
    engine().backend.incRef(dataId);
    call.saved.push(keep(engine().makeTensorFromTensorInfo({ dataId, shape, dtype })));
  }
}
