import '@tensorflow/tfjs'; // gradients, and the chained ops that tf.layers needs
import {
  ones,
  type Tensor,
  tensor2d,
  type Tensor2D,
  tensor3d,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { input, layers, sequential } from '@tensorflow/tfjs-layers';
import { expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicRNNCell,
  DropoutWrapper,
  GRUCell,
  ResidualWrapper,
  type RNNCell,
  ShapeError,
} from '../src/index.js';
import {
  type CellConfig,
  registerCell,
  type RNNLayer,
  rnnLayer,
  type RNNLayerOptions,
} from '../src/layers.js';

const name = 'encoder';
const gru: CellConfig = { type: 'GRUCell', units: 2 };

/** Asserts that a layer of some options is not applied to inputs `[2, 3, 3]`. */
function expectNotApplied(
  cell: unknown,
  kind: new (message: string) => Error,
  message: string,
): void {
  const inputs = zeros([2, 3, 3]);
  const layer = rnnLayer({ cell: cell as CellConfig, name });
  expectRefusal(() => layer.apply(inputs), kind, message);
  inputs.dispose();
}

/** Runs a body in tidy with a layer that was applied to inputs `[2, 3, 3]`. */
function withLayer(body: (layer: RNNLayer) => void, options: Partial<RNNLayerOptions> = {}): void {
  const layer = rnnLayer({ cell: gru, name, ...options });
  tidy(() => {
    layer.apply(zeros([2, 3, 3]));
    body(layer);
  });
  layer.dispose();
}

describe('rnnLayer', () => {
  test.for([
    [undefined, 'undefined'],
    [null, 'null'],
    ['LSTMCell', 'string'],
    [[gru], 'an array of 1'],
    [{ units: 2 }, 'an object with the keys [units]'],
  ] as const)('refuses %j as a cell', ([cell, got]) => {
    expectRefusal(
      () => rnnLayer({ cell: cell as unknown as CellConfig, name }),
      TypeError,
      `rnnLayer 'encoder': cell: expected { type: ... } or a cell object, got ${got}`,
    );
  });

  test('refuses to be stateful', () => {
    expectRefusal(
      () => rnnLayer({ cell: gru, name, stateful: true } as RNNLayerOptions),
      RangeError,
      "rnnLayer 'encoder': stateful: expected false, got true (carry the state over with returnState and initialState)",
    );
  });

  test('refuses a type that nobody registered', () => {
    const inputs = zeros([2, 3, 3]);
    const layer = rnnLayer({ cell: { type: 'NASCell' } as unknown as CellConfig, name });
    expect(() => layer.apply(inputs)).toThrow(
      /^rnnLayer 'encoder': cell\.type: expected one of BasicLSTMCell, .*, ResidualWrapper.*, got 'NASCell' \(registerCell makes others known\)$/,
    );
    inputs.dispose();
  });

  test('refuses options that a cell refuses, and leaves no variable of a stack', () => {
    expectNotApplied(
      { type: 'MultiRNNCell', cells: [gru, { type: 'GRUCell', units: 0 }] },
      RangeError,
      'GRUCell: units: expected a whole number from 1, got 0',
    );
    expectNotApplied(
      { type: 'ResidualWrapper', cell: gru },
      ShapeError,
      'ResidualWrapper: cell: expected inputSize and outputSize to be the same, got 3 and 2',
    );
    expectNotApplied(
      { type: 'DropoutWrapper', cell: gru, inputKeepProb: 0 },
      RangeError,
      'DropoutWrapper: inputKeepProb: expected a number in (0, 1], got 0',
    );
    expectNotApplied(
      { type: 'MultiRNNCell', cells: gru },
      TypeError,
      "rnnLayer 'encoder': cell.cells: expected an array, got an object with the keys [type, units]",
    );
    expectNotApplied(
      { type: 'MultiRNNCell', cells: [] },
      RangeError,
      'MultiRNNCell: cells: expected one or more, got an empty array',
    );
    expectNotApplied(
      { type: 'LayerNormBasicLSTMCell', units: 2, dropoutKeepProb: 0.5 },
      RangeError,
      'LayerNormBasicLSTMCell: dropoutKeepProb: expected none in a layer, which could not switch it off for prediction, got 0.5',
    );
  });

  test('refuses a cell for other features than its input has', () => {
    const message =
      "rnnLayer 'encoder': cell: expected inputSize 3, the features of the input, got 4";
    expectNotApplied({ type: 'GRUCell', units: 2, inputSize: 4 }, ShapeError, message);
    const cell = new BasicRNNCell({ inputSize: 4, units: 2 });
    expectNotApplied(cell, ShapeError, message);
    cell.dispose();
  });

  test('refuses an object whose dropout it could not switch off', () => {
    const cell = new ResidualWrapper(new DropoutWrapper(new GRUCell({ inputSize: 3, units: 3 })));
    expectNotApplied(
      cell,
      RangeError,
      "rnnLayer 'encoder': cell: expected no DropoutWrapper object inside of a ResidualWrapper object, where it cannot be switched off for prediction (describe the cell instead: { type: 'ResidualWrapper', cell: { type: 'DropoutWrapper', ... } })",
    );
    cell.dispose();
  });

  test.for([
    [[2, 3], 'inputs: expected shape [batch, time, features], got [2, 3]'],
    [[2, 3, 3, 1], 'inputs: expected shape [batch, time, features], got [2, 3, 3, 1]'],
    [[2, 3, 4], 'inputs: expected 3 features, got 4'],
    [[2, 0, 3], 'inputs: expected shape [batch, time, 3] with time from 1, got [2, 0, 3]'],
  ] as const)('refuses inputs %j', ([shape, message]) => {
    withLayer((layer) => {
      const inputs = zeros([...shape] as [number, number]);
      expectRefusal(() => layer.apply(inputs), ShapeError, `rnnLayer 'encoder': ${message}`);
    });
  });

  test('refuses symbolic inputs whose features are not known, or no sequence', () => {
    const refuse = (shape: (number | null)[], got: string) =>
      expectRefusal(
        () => rnnLayer({ cell: gru, name }).apply(input({ shape: shape as number[] })),
        ShapeError,
        `rnnLayer 'encoder': inputs: expected shape [batch, time, features], got ${got}`,
      );
    refuse([3, null], '[any, 3, any]');
    refuse([3], '[any, 3]');
  });

  test('refuses integers', () => {
    withLayer((layer) => {
      const inputs = ones([2, 3, 3], 'int32');
      expectRefusal(
        () => layer.apply(inputs),
        TypeError,
        "rnnLayer 'encoder': inputs: expected dtype float32, got int32",
      );
    });
  });

  test('refuses an initial state of other tensors', () => {
    withLayer((layer) => {
      const inputs = zeros([2, 3, 3]);
      const refuse = (initialState: Tensor[], message: string) =>
        expectRefusal(
          () => layer.apply(inputs, { initialState }),
          ShapeError,
          `rnnLayer 'encoder': initialState${message}`,
        );
      const state = zeros([2, 2]);
      refuse([state, state], ': expected 1 tensors, got 2');
      refuse([zeros([2, 3])], '[0]: expected shape [batch, 2], got [2, 3]');
      refuse([zeros([1, 2])], ': expected shape [2, 2], got [1, 2]');
    });
  });

  test.for([
    [
      'padding before the steps',
      [
        [1, 1, 1],
        [0, 1, 1],
      ],
      'row 1 at step 0, before step 2',
    ],
    [
      'padding between them',
      [
        [1, 0, 1],
        [1, 1, 1],
      ],
      'row 0 at step 1, before step 2',
    ],
  ] as const)('refuses a mask with %s', ([, rows, where]) => {
    withLayer((layer) => {
      const inputs = zeros([2, 3, 3]);
      const mask = tensor2d(rows.flat(), [2, 3], 'bool');
      expectRefusal(
        () => layer.apply(inputs, { mask }),
        RangeError,
        `rnnLayer 'encoder': mask: expected padding only after the last step of a row, got it in ${where} (pad sequences on the right)`,
      );
    });
  });

  test('refuses padding on the left in a model', () => {
    const model = sequential();
    model.add(layers.masking({ inputShape: [2, 1] }));
    model.add(rnnLayer({ cell: gru, name }));
    const x = tensor3d([[[0], [1]]]);
    expect(() => model.predict(x)).toThrow(/got it in row 0 at step 0, before step 1/);
    model.dispose();
    x.dispose();
  });

  test('refuses a mask of another shape or dtype', () => {
    withLayer((layer) => {
      const inputs = zeros([2, 3, 3]);
      const refuse = (mask: Tensor, kind: new (message: string) => Error, message: string) =>
        expectRefusal(
          () => layer.apply(inputs, { mask }),
          kind,
          `rnnLayer 'encoder': mask: ${message}`,
        );
      refuse(ones([2, 4], 'bool'), ShapeError, 'expected shape [2, 3], got [2, 4]');
      refuse(ones([2, 3]), TypeError, 'expected dtype bool, got float32');
    });
  });

  test('refuses weights of another shape', () => {
    withLayer((layer) => {
      const [gates, ...others] = layer.getWeights();
      expect(() => layer.setWeights([zeros([2, 4]), ...others])).toThrow(/shape/);
      expect(gates!.shape).toEqual([5, 4]);
      expectRefusal(
        () => layer.weights[1]!.write(gates!),
        ShapeError,
        'rnnLayer: encoder/gru_cell/gates/bias: expected shape [4], got [5, 4]',
      );
    });
  });

  test('says that it was not applied yet', () => {
    expectRefusal(
      () => rnnLayer({ cell: gru, name }).states,
      Error,
      "rnnLayer 'encoder': expected a layer that was applied to inputs, got a new one",
    );
  });
});

describe('registerCell', () => {
  test.for(['GRUCell', 'MultiRNNCell', 'my_cell', '', '1Cell', 'toString()'])(
    'refuses the name %j',
    (type) => {
      expectRefusal(
        () => registerCell(type, () => new GRUCell({ inputSize: 1, units: 1 })),
        RangeError,
        `registerCell: type: expected letters and digits, and none of this package's own cells, got '${type}'`,
      );
    },
  );

  test('refuses, when it is built, a cell without paths, or for another input', () => {
    const wrongCell = registerCell(
      'WrongCell',
      ({ inputSize }: { inputSize: number }) => new GRUCell({ inputSize: inputSize + 4, units: 1 }),
    );
    expectNotApplied(
      wrongCell({}),
      ShapeError,
      "rnnLayer 'encoder': cell: expected inputSize 3, the features of the input, got 7",
    );
    const namelessCell = registerCell('NamelessCell', ({ inputSize }: { inputSize: number }) => {
      const cell = new GRUCell({ inputSize, units: 1 });
      const { outputSize, stateSize, trainableVariables } = cell;
      const zeroState = (batch: number) => cell.zeroState(batch);
      const call: RNNCell<Tensor2D>['call'] = (x, state) => cell.call(x, state);
      const free = () => cell.dispose();
      return {
        inputSize,
        outputSize,
        stateSize,
        trainableVariables,
        zeroState,
        call,
        dispose: free,
      };
    });
    expectNotApplied(
      namelessCell({}),
      TypeError,
      "rnnLayer 'encoder': cell: expected a NamelessCell with 'weights', the paths by which its variables are saved, got none",
    );
  });
});
