import { RowClassifier, tensorBatches } from '@unroll/models';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { adam, train } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import { progressBar } from '@unroll/trainer/node';
import type { Command } from 'commander';
import { join } from 'node:path';
import { chooseBackend } from './choose-backend.js';
import { onInterrupt } from './interrupt.js';
import { loadData, packagedData } from './load-data.js';
import { testAccuracy } from './test-accuracy.js';
import { type TrainCommandOptions, trainUsage } from './train-options.js';
import { tutorialLog } from './tutorial-log.js';

/** `unroll train`. `onEnd` hears whether all epochs were finished. */
export function trainCommand(onEnd: (finished: boolean) => void): Command {
  return trainUsage().action(async (options: TrainCommandOptions) => {
    onEnd(await runTraining(options));
  });
}

async function runTraining(options: TrainCommandOptions): Promise<boolean> {
  const { batchSize, cell, layers, units, seed, epochs, learningRate, verify } = options;
  const { data: folder = packagedData(), logdir = newLogdir() } = options;
  const progress = progressBar();

  // Everything that can be refused is, before the first file is written.
  const data = await loadData({ folder, verify });
  const trainBatches = tensorBatches(data.train, { batchSize });
  const testBatches = tensorBatches(data.test, { batchSize });
  const backend = await chooseBackend(options.backend);
  const writers = {
    train: await openLogdir(join(logdir, 'train')),
    test: await openLogdir(join(logdir, 'test')),
  };
  const model = new RowClassifier({ cell, layers, units, seed });
  const optimizer = adam({ learningRate });

  progress.print(`backend: ${backend.name} (${backend.why})`);
  progress.print(
    `data: ${count(data.train.numExamples)} training and ${count(data.test.numExamples)} test images of ${folder}`,
  );
  progress.print(
    `model: ${cell}, ${layers} x ${units} units, ${count(model.parameterCount)} parameters, seed ${seed}`,
  );
  progress.print(`logs: ${logdir} (look at them with: tensorboard --logdir ${logdir})`);
  const interrupt = onInterrupt();
  try {
    const result = await train({
      variables: model.variables,
      optimizer,
      evaluate: (batch) => model.evaluate(batch),
      trainBatches,
      testBatches,
      epochs,
      callbacks: [progress, tutorialLog({ print: (line) => progress.print(line), writers })],
      signal: interrupt.signal,
    });
    if (result.interrupted) {
      progress.print(`interrupted after ${count(result.step)} steps; the logs are closed`);
      return false;
    }
    const accuracy = await testAccuracy(model, data.test, batchSize);
    progress.print(
      `test accuracy over all ${count(data.test.numExamples)} images: ${accuracy.toFixed(4)}`,
    );
    return true;
  } finally {
    interrupt.release();
    model.dispose();
    optimizer.dispose();
  }
}

function newLogdir(): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  return join('logs', now);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
