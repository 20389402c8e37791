import {
  add,
  cast,
  clone,
  concat,
  reshape,
  slice,
  sum,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core';

/** Ops of TensorFlow.js that reach a tensor's numbers in ways of their own; some look at another one as well. */
export const lookWays: readonly ((of: Tensor, other: Tensor) => Tensor)[] = [
  (of) => add(of, 1),
  (of) => {
    const halves = of.shape.map((size) => Math.ceil(size / 2));
    return slice(
      of,
      of.shape.map(() => 0),
      halves,
    );
  },
  (of, other) => concat([of, other, of].map((one) => reshape(one, [-1]))),
  (of) => transpose(clone(of)),
  (of) => sum(reshape(of, [-1])),
  (of) => cast(cast(of, 'int32'), 'float32'),
];
