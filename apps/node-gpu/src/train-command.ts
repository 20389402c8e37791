import type { DataSets } from '@unroll/mnist-idx/data-sets';
import { RowClassifier, tensorBatches } from '@unroll/models';
import { adam, train } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import { progressBar } from '@unroll/trainer/node';
import type { Command } from 'commander';
import { join } from 'node:path';
import { chooseBackend } from './choose-backend.js';
import { onInterrupt } from './interrupt.js';
import { loadData, packagedData } from './load-data.js';
import { modelGraph } from './model-graph.js';
import { openLogs } from './open-logs.js';
import { testAccuracy } from './test-accuracy.js';
import { type TrainCommandOptions, trainUsage } from './train-options.js';
import { tutorialLog } from './tutorial-log.js';

/** `unroll train`. `onEnd` hears the exit code. */
export function trainCommand(onEnd: (exitCode: number) => void): Command {
  return trainUsage().action(async (options: TrainCommandOptions) => {
    onEnd(await runTraining(options));
  });
}

async function runTraining(options: TrainCommandOptions): Promise<number> {
  const { batchSize, cell, layers, units, seed, epochs, learningRate, verify } = options;
  const { data: folder = packagedData(), logdir = newLogdir() } = options;
  const progress = progressBar();

  // Everything that can be refused is, before the first file is written.
  const data = await loadData({ folder, verify });
  checkBatchSize(batchSize, data);
  const trainBatches = tensorBatches(data.train, { batchSize });
  const testBatches = tensorBatches(data.test, { batchSize });
  const backend = await chooseBackend(options.backend, options);
  const model = new RowClassifier({ cell, layers, units, seed });
  const optimizer = adam({ learningRate });
  const interrupt = onInterrupt();
  try {
    const writers = await openLogs(logdir);
    writers.train.graph(modelGraph(model));
    const { train: training, test } = data;
    progress.print(`backend: ${backend.name} (${backend.why})`);
    progress.print(
      `data: ${count(training.numExamples)} training and ${count(test.numExamples)} test images of ${folder}`,
    );
    progress.print(
      `model: ${cell}, ${layers} x ${units} units, ${count(model.parameterCount)} parameters, seed ${seed}`,
    );
    progress.print(`logs: ${logdir} (look at them with: tensorboard --logdir ${logdir})`);
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
      return interrupt.exitCode;
    }
    // With the logs closed, Ctrl-C may end the program at once.
    interrupt.release();
    const accuracy = await testAccuracy(model, test, batchSize);
    progress.print(
      `test accuracy over all ${count(test.numExamples)} images: ${accuracy.toFixed(4)}`,
    );
    return 0;
  } finally {
    // After a first Ctrl-C a second one still ends the program by its exit code.
    if (!interrupt.signal.aborted) interrupt.release();
    model.dispose();
    optimizer.dispose();
  }
}

function checkBatchSize(batchSize: number, { train: training, test }: DataSets): void {
  const most = Math.min(training.numExamples, test.numExamples);
  if (batchSize <= most) return;
  const which = most === test.numExamples ? 'test' : 'training';
  throw new RangeError(
    `--batch-size: expected at most ${most}, the number of ${which} images, got ${batchSize}`,
  );
}

function newLogdir(): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  // Runs may be started together.
  return join('logs', `${now}-${process.pid}`);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
