import { engine, keep, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/** What TensorFlow.js keeps of a call while it records; on the way back, `inputs` are those that a gradient is wanted by. */
type TapeNode = ReturnType<typeof engine>['state']['activeTape'][number];

/** The call of a kernel that TensorFlow.js has just recorded. @unroll/rnn-cells has the same: neither package knows the other. */
export interface RecordedCall {
  /**
   * Keeps tensors for the gradient. Left to itself TensorFlow.js clones each by a kernel, and records that as
   * a call of its own, which takes longer than the kernel of a small network.
   */
  keep(tensors: NamedTensorMap): NamedTensorMap;
  /**
   * Says how it is differentiated.
   *
   * @param gradient - gets the upstream gradients, null for an output that nobody used, where TensorFlow.js
   * makes zeros of its size by itself; and whether the gradient by an input is wanted
   */
  differentiate(
    gradient: (
      dys: readonly (Tensor | null)[],
      isWanted: (input: string) => boolean,
    ) => Record<string, () => Tensor>,
  ): void;
}

/** @throws Error if TensorFlow.js records otherwise than this knows */
export function recordedCall(kernelName: string): RecordedCall {
  const node = engine().state.activeTape.at(-1);
  const { saved } = node ?? {};
  if (node?.kernelName !== kernelName || saved === undefined) {
    throw new Error(
      `${kernelName}: expected the tape of @tensorflow/tfjs-core 4, got one that records otherwise`,
    );
  }
  return {
    keep(tensors) {
      const kept = Object.entries(tensors).map(([name, tensor]) => [name, share(tensor)] as const);
      saved.push(...kept.map(([, tensor]) => tensor));
      return Object.fromEntries(kept);
    },
    differentiate(gradient) {
      node.gradient = function (this: TapeNode, dys: readonly (Tensor | null)[]) {
        return gradient(dys, (input) => input in this.inputs);
      };
    },
  };
}

/** One more tensor of the same numbers, kept until TensorFlow.js forgets the call. */
function share({ dataId, shape, dtype }: Tensor): Tensor {
  engine().backend.incRef(dataId);
  return keep(engine().makeTensorFromTensorInfo({ dataId, shape, dtype }));
}
