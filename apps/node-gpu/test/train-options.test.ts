import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { type TrainCommandOptions, trainUsage } from '../src/train-options.js';

function parse(args: readonly string[]): TrainCommandOptions {
  return trainUsage()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parse(args, { from: 'user' })
    .opts();
}

describe('trainUsage', () => {
  test("without arguments gives the tutorial's numbers", () => {
    expect(parse([])).toEqual({
      cell: 'basic-rnn',
      layers: 1,
      units: 31,
      batchSize: 128,
      epochs: 10,
      learningRate: 0.001,
      backend: 'auto',
      seed: 1,
      verify: true,
      wideVectors: true,
    });
  });

  test('takes every option', () => {
    const args =
      '--cell basic-rnn --layers 3 --units 64 --batch-size 1 --epochs 2 --learning-rate 1e-4 ' +
      '--logdir logs/a --data data --no-verify --backend wasm --no-wide-vectors --seed 0';
    expect(parse(args.split(' '))).toEqual({
      cell: 'basic-rnn',
      layers: 3,
      units: 64,
      batchSize: 1,
      epochs: 2,
      learningRate: 0.0001,
      logdir: 'logs/a',
      data: 'data',
      backend: 'wasm',
      seed: 0,
      verify: false,
      wideVectors: false,
    });
  });

  const wholeNumbers = ['--layers <n>', '--units <n>', '--batch-size <n>', '--epochs <n>'];
  test.for([
    ...wholeNumbers.flatMap((option) =>
      ['0', '-1', '1.5', 'many', '', ' ', 'NaN', 'Infinity', '9007199254740992'].map(
        (text) => [option, text, 'a whole number from 1'] as const,
      ),
    ),
    ...['-1', '0.5', 'x', '', ' '].map(
      (text) => ['--seed <n>', text, 'a whole number from 0'] as const,
    ),
    ...['0', '-0.1', 'x', '', ' ', 'NaN', '1e999'].map(
      (text) => ['--learning-rate <x>', text, 'a number above 0'] as const,
    ),
    ['--logdir <folder>', '', 'a path'] as const,
    ['--data <folder>', '', 'a path'] as const,
  ])('refuses %s of %j', ([option, text, expected]) => {
    const [flag = ''] = option.split(' ');
    const message = `error: option '${option}' argument '${text}' is invalid. Expected ${expected}.`;
    const code = 'commander.invalidArgument';
    expect(() => parse([flag, text])).toThrow(new CommanderError(1, code, message));
  });
});
