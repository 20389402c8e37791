import type { DataSets } from '@unroll/mnist-idx/data-sets';
import { type RowClassifier, tensorBatches } from '@unroll/models';
import { dispose, tidy } from '@tensorflow/tfjs-core';

/** The share of all test images, a last batch that is not full included, that the model reads right. */
export async function testAccuracy(
  model: RowClassifier,
  test: DataSets['test'],
  batchSize: number,
): Promise<number> {
  let right = 0;
  for (const batch of tensorBatches(test, { batchSize, keepLast: true })) {
    const accuracy = tidy(() => model.evaluate(batch).metrics.accuracy);
    const [share = Number.NaN] = await accuracy.data();
    right += share * batch.labels.size;
    dispose([accuracy, batch.images, batch.labels]);
  }
  return right / test.numExamples;
}
