import { zeros } from '@tensorflow/tfjs-core';
import type { RowClassifier } from '@unroll/models';
import type { GraphNode } from '@unroll/tensorboard-writer';
import { traceGraph } from '@unroll/tensorboard-writer/trace';
import { adam, trainStep } from '@unroll/trainer';

const imageShape = [28, 28];

/**
 * What a step of training computes, for TensorBoard: the model by the current backend's kernels, loss,
 * accuracy, gradients and Adam's updates. The model stays as it is.
 */
export function modelGraph(model: RowClassifier): readonly GraphNode[] {
  const { variables } = model;
  const sizes = Object.values(variables).flatMap(({ shape }) => shape);
  const batchSize = smallestOtherThan([...sizes, ...imageShape]);
  const inputs = {
    images: zeros([batchSize, ...imageShape]),
    labels: zeros([batchSize], 'int32'),
  };
  const optimizer = adam();
  const step = () => trainStep({ variables, optimizer, evaluate: () => model.evaluate(inputs) });
  const trace = () => traceGraph(() => ({ ...step() }), { inputs, variables, batchSize });
  try {
    // The optimizer makes its slots at its first step, which is not what the others are like.
    trace();
    return trace().nodes;
  } finally {
    optimizer.dispose();
    for (const tensor of Object.values(inputs)) tensor.dispose();
  }
}

/** A few images of a size by which the trace can tell the axis that they are on. */
function smallestOtherThan(sizes: readonly number[]): number {
  let size = 2;
  while (sizes.includes(size)) size += 1;
  return size;
}
