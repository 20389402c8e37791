/*
 * Ours, as a process of its own. Variant: the backend, and after it `composed` to do without kernels, or
 * `wide` for wide vectors.
 */
import { tensor1d, tensor3d, version_core } from '@tensorflow/tfjs-core';
import { adam, trainStep } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import type { Task } from '../protocol.ts';
import { type BackendName, useBackend, useKernels } from './backends.ts';
import { readBatch } from './read-batch.ts';
import { sequenceClassifier } from './sequence-classifier.ts';
import { type Contender, serve } from './serve.ts';

async function start(task: Task): Promise<Contender> {
  const { model: spec, threads } = task;
  const [backend, how] = task.variant.split(' ') as [BackendName, string?];
  await useBackend(backend);
  if (how !== 'composed') await useKernels(backend, { threads, wideVectors: how === 'wide' });
  const { images, labels } = await readBatch(task);
  const shape: [number, number, number] = [spec.batch, spec.time, spec.inputSize];
  const model = sequenceClassifier(spec);
  const { variables } = model;
  const optimizer = adam({ learningRate: 0.001 });
  return {
    versions: { 'TensorFlow.js': version_core },
    async step() {
      const x = tensor3d(images, shape);
      const y = tensor1d(labels, 'int32');
      const evaluate = () => model.evaluate(x, y);
      const { loss, metrics } = trainStep({ variables, optimizer, evaluate });
      const accuracy = metrics!['accuracy']!;
      const [[value]] = await Promise.all([loss.data(), accuracy.data()]);
      for (const tensor of [x, y, loss, accuracy]) tensor.dispose();
      return value!;
    },
  };
}

await serve(() => start(JSON.parse(process.argv[2]!) as Task));
