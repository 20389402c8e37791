import type { Refusal } from './refusal.js';

const lone = '\ud800';

export const refusedOthers: readonly Refusal[] = [
  ['text', ['', 'x', 0], RangeError, 'tag: expected a non-empty string, got ""'],
  ['text', ['a', 'x', -1], RangeError, 'step: expected a non-negative safe integer, got -1'],
  ['text', ['a', 'x', 0, { displayName: 1 }], TypeError, 'displayName: expected a string, got 1'],
  [
    'text',
    ['a', 'x', 0, { description: lone }],
    RangeError,
    String.raw`description: expected well-formed Unicode, got "\ud800"`,
  ],
  [
    'text',
    ['a', 'x', 0, { wallTime: NaN }],
    RangeError,
    'wallTime: expected finite seconds since 1970, got NaN',
  ],
  ['text', ['a', 7, 0], TypeError, 'text: expected a string or an array, got 7'],
  ['text', ['a', ['b', 7], 0], TypeError, 'text: cell 1: expected a string, got 7'],
  [
    'text',
    ['a', [['b'], ['c', 'd']], 0],
    RangeError,
    'text: expected rows of 1 cells, got an array of 2',
  ],
  [
    'scalars',
    ['a', {}, 0],
    TypeError,
    'values: expected an object of numbers by name, got an object',
  ],
  ['scalars', ['a', { b: '1' }, 0], TypeError, 'b: value: expected a number, got "1"'],
  ['hparams', [[]], TypeError, 'values: expected an object, got an array of 0'],
  [
    'hparams',
    [{ lr: NaN }],
    RangeError,
    'lr: expected a finite number, a string or a boolean, got NaN',
  ],
  [
    'hparams',
    [{ lr: undefined }],
    TypeError,
    'lr: expected a finite number, a string or a boolean, got undefined',
  ],
  ['hparams', [{}, { trialId: 7 }], TypeError, 'trialId: expected a string, got 7'],
  [
    'hparams',
    [{ lr: 1 }, { columns: { rate: {} } }],
    RangeError,
    'columns: expected names of hyperparameters, got "rate"',
  ],
  [
    'hparams',
    [{ lr: 1 }, { columns: { lr: { domain: ['a'] } } }],
    TypeError,
    'columns: lr: domain: expected values of the type of 1, got others',
  ],
  [
    'hparams',
    [{ lr: 1 }, { metrics: { loss: 'x' } }],
    TypeError,
    'metrics: loss: expected a number, got "x"',
  ],
  [
    'hparams',
    [{ lr: 1 }, { metrics: [''] }],
    RangeError,
    'metrics: 0: expected a non-empty string, got ""',
  ],
  ['endSession', [], Error, 'expected a session that runs, got no session'],
  [
    'customScalars',
    [{ a: { b: {} } }],
    TypeError,
    'layout: a: b: expected { multiline: [tag, ...] } or { margin: [{ value, lower, upper }, ...] }, got an object',
  ],
  ['customScalars', [{ a: 1 }], TypeError, 'layout: a: expected an object, got 1'],
  [
    'customScalars',
    [{ a: { b: { multiline: [1] } } }],
    TypeError,
    'layout: a: b: multiline: expected a string, got 1',
  ],
  ['runMetadata', ['a', 'x', 0], TypeError, 'runMetadata: expected bytes, got "x"'],
];
