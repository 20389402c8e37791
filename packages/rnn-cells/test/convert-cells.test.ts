import '@tensorflow/tfjs-backend-cpu';
import { randomUniform, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type AnyPlainCell,
  BasicLSTMCell,
  BasicRNNCell,
  createCell,
  dynamicRNN,
  fromKeras,
  fromONNX,
  fromPyTorch,
  glorotUniform,
  GRUCell,
  LayerNormBasicLSTMCell,
  LSTMCell,
  MultiRNNCell,
  type PlainCell,
  readWeights,
  type RNNCell,
  ShapeError,
  toKeras,
  toONNX,
  toPyTorch,
} from '../src/index.js';
import {
  but,
  describeRefusals,
  gru,
  lstm,
  peepholes,
  rnn,
  zeros,
} from './convert-refusal-cases.js';

const classes = { BasicRNNCell, BasicLSTMCell, LSTMCell, GRUCell, LayerNormBasicLSTMCell };

/** A plain cell of each class and set of weights, with weights that a constructor drew. */
async function drawCell({
  type,
  options,
}: Pick<AnyPlainCell, 'options' | 'type'>): Promise<AnyPlainCell> {
  const kernelInitializer = glorotUniform({ seed: 1 });
  const cell = new classes[type]({ ...options, kernelInitializer } as never);
  const weights = await readWeights(cell as RNNCell<unknown>, { scope: '' });
  cell.dispose();
  return { type, options, weights } as AnyPlainCell;
}

const sizes = { inputSize: 3, units: 2 };

describe('readWeights and createCell', () => {
  test.each<Pick<AnyPlainCell, 'options' | 'type'>>([
    { type: 'BasicRNNCell', options: { ...sizes, activation: 'relu' } },
    { type: 'BasicLSTMCell', options: sizes },
    { type: 'LSTMCell', options: { ...sizes, usePeepholes: true } },
    { type: 'LSTMCell', options: { ...sizes, projectionSize: 1, cellClip: 1 } },
    { type: 'GRUCell', options: sizes },
    { type: 'GRUCell', options: { ...sizes, resetAfter: true } },
    { type: 'LayerNormBasicLSTMCell', options: sizes },
  ])('give a $type with $options as it was', async (kind) => {
    await expectNoLeak(async () => {
      const plain = await drawCell(kind);
      const cell = createCell(plain);
      expect(cell).toBeInstanceOf(classes[kind.type]);
      expect(await readWeights(cell as RNNCell<unknown>, { scope: '' })).toEqual(plain.weights);
      cell.dispose();
    });
  });

  test('the compiler knows the class', () => {
    expectTypeOf(createCell<'LSTMCell'>).returns.toEqualTypeOf<LSTMCell>();
    expectTypeOf(fromPyTorch<'GRU'>).returns.toHaveProperty('cellsBw');
    const cells = (): GRUCell[] =>
      fromPyTorch({ type: 'GRU', stateDict: {} }).cellsFw.map(createCell);
    expectTypeOf(cells).returns.toEqualTypeOf<GRUCell[]>();
    const cell = (): PlainCell<'BasicRNNCell'> => fromKeras({ type: 'SimpleRNN', weights: {} });
    expectTypeOf(cell).returns.toEqualTypeOf<PlainCell<'BasicRNNCell'>>();
  });

  test('readWeights goes by TensorFlow 1’s paths and gives copies', async () => {
    const cell = new BasicRNNCell({ inputSize: 1, units: 1 });
    const stack = new MultiRNNCell([cell]);
    const weights = await readWeights(stack);
    expect(Object.keys(weights)).toEqual([
      'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/kernel',
      'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/bias',
    ]);
    weights['rnn/multi_rnn_cell/cell_0/basic_rnn_cell/bias']!.values.fill(7);
    expect([...cell.bias.dataSync()]).toEqual([0]);
    stack.dispose();
  });
});

const ways: Record<string, (cell: AnyPlainCell) => AnyPlainCell> = {
  PyTorch: (cell) => fromPyTorch(toPyTorch({ cellsFw: [cell] })).cellsFw[0]!,
  Keras: (cell) => fromKeras(toKeras(cell)),
  ONNX: (cell) => fromONNX(toONNX({ cellsFw: [cell] })).cellsFw[0]!,
  'ONNX, reverse': (cell) => fromONNX(toONNX({ cellsBw: [cell] })).cellsBw[0]!,
};

describe('a cell with TensorFlow 1’s defaults computes the same after its way through', () => {
  const cases = Object.entries(ways).flatMap(([system, way]) =>
    (['BasicRNNCell', 'BasicLSTMCell', 'LSTMCell', 'GRUCell'] as const)
      .filter((type) => system !== 'PyTorch' || type !== 'GRUCell')
      .map((type) => ({ system, type, way })),
  );

  test.each(cases)('$system: $type', async ({ type, way }) => {
    const plain = await drawCell({ type, options: sizes });
    await expectNoLeak(() => {
      const [before, after] = [plain, way(plain)].map((one) => createCell(one) as RNNCell<unknown>);
      tidy(() => {
        const inputs: Tensor3D = randomUniform([2, 4, 3], -1, 1, 'float32', 1);
        const [expected, got] = [before!, after!].map((cell) => dynamicRNN(cell, inputs).outputs);
        const values = expected!.dataSync();
        expectClose(got!, { shape: expected!.shape, values }, 1e-6);
      });
      for (const cell of [before, after]) cell?.dispose();
    });
  });
});

describe('names and settings', () => {
  test('a prefix is put before PyTorch’s names, and tensors without it are passed by', () => {
    const cells = { cellsFw: [lstm], cellsBw: [lstm] };
    const { stateDict } = toPyTorch(cells, { prefix: 'encoder.lstm.' });
    expect(Object.keys(stateDict)).toEqual([
      'encoder.lstm.weight_ih_l0',
      'encoder.lstm.weight_hh_l0',
      'encoder.lstm.bias_ih_l0',
      'encoder.lstm.bias_hh_l0',
      'encoder.lstm.weight_ih_l0_reverse',
      'encoder.lstm.weight_hh_l0_reverse',
      'encoder.lstm.bias_ih_l0_reverse',
      'encoder.lstm.bias_hh_l0_reverse',
    ]);
    const model = { type: 'LSTM', stateDict: { ...stateDict, 'head.weight': zeros(1) } } as const;
    const { cellsFw, cellsBw } = fromPyTorch(model, { prefix: 'encoder.lstm.', forgetBias: 1 });
    expect([cellsFw.length, cellsBw.length]).toEqual([1, 1]);
    expect(cellsBw[0]?.weights).toEqual(lstm.weights);
    expect(cellsBw[0]?.options).toEqual({ ...sizes, forgetBias: 1, activation: 'tanh' });
  });

  test('the forget bias is in PyTorch’s first bias, in the rows of f', () => {
    const { stateDict } = toPyTorch({ cellsFw: [lstm] });
    expect(stateDict['bias_ih_l0']?.values).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0));
    expect(stateDict['bias_hh_l0']?.values).toEqual(new Float32Array(8));
  });

  test('a layer of Keras comes with the arguments of its constructor', () => {
    expect(toKeras(gru).config).toEqual({
      units: 2,
      activation: 'tanh',
      use_bias: true,
      recurrent_activation: 'sigmoid',
      reset_after: false,
    });
    expect(toKeras(rnn)).toMatchObject({
      type: 'SimpleRNN',
      config: { units: 2, activation: 'tanh', use_bias: true },
    });
  });

  test('a node of ONNX comes with its attributes', () => {
    const linear = but(lstm, { activation: 'linear' });
    expect(toONNX({ cellsFw: [lstm], cellsBw: [linear] }).attributes).toEqual({
      direction: 'bidirectional',
      hidden_size: 2,
      activations: ['Sigmoid', 'Tanh', 'Tanh', 'Sigmoid', 'Affine', 'Affine'],
      activation_alpha: [1, 1],
      activation_beta: [0, 0],
    });
    expect(toONNX({ cellsBw: [gru] }).attributes).toEqual({
      direction: 'reverse',
      hidden_size: 2,
      activations: ['Sigmoid', 'Tanh'],
      linear_before_reset: 0,
    });
  });

  test('peepholes in one direction of an ONNX node are zeros in the other', () => {
    const { values } = toONNX({ cellsFw: [peepholes], cellsBw: [lstm] }).inputs['P']!;
    expect(values).toEqual(Float32Array.of(1, 1, 3, 3, 2, 2, 0, 0, 0, 0, 0, 0));
  });
});

describeRefusals('createCell', [
  [
    'a class that is not known',
    () => createCell({ ...rnn, type: 'ConvLSTMCell' } as unknown as AnyPlainCell),
    'createCell: type: expected the name of a class of cell, got ConvLSTMCell',
    RangeError,
  ],
  [
    'weights of another class',
    () => createCell({ ...rnn, weights: lstm.weights }),
    'setWeights: expected the paths basic_rnn_cell/kernel, basic_rnn_cell/bias, got lstm_cell/kernel',
    RangeError,
  ],
  [
    'weights that do not fit the options',
    () => createCell(but(rnn, { inputSize: 4 })),
    'setWeights: basic_rnn_cell/kernel: expected shape [6, 2], got [5, 2]',
    ShapeError,
  ],
]);
