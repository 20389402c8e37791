import {
  add,
  div,
  env,
  grads,
  mul,
  randomNormal,
  registerBackend,
  removeBackend,
  scalar,
  setBackend,
  sum,
  type Tensor,
  tensor1d,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  type ActivationName,
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  dynamicRNN,
  GRUCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../src/webgl.js';
import { withoutKernels } from './without-kernels.js';

const kernels = [
  'BasicRNNSequence',
  'LSTMSequence',
  'GRUSequence',
  'ResetAfterGRUSequence',
].flatMap((name) => [name, `${name}Grad`]);

type AnyCell = RNNCell<Tensor2D>;
type Size = { readonly inputSize: number; readonly units: number };

const rnn = (activation: ActivationName) => (size: Size) =>
  new BasicRNNCell({ ...size, activation });

const cells: Readonly<Record<string, (size: Size) => unknown>> = {
  'BasicRNNCell, tanh': rnn('tanh'),
  'BasicRNNCell, relu': rnn('relu'),
  'BasicRNNCell, sigmoid': rnn('sigmoid'),
  'BasicRNNCell, linear': rnn('linear'),
  'BasicLSTMCell, forget bias 0.5': (size) => new BasicLSTMCell({ ...size, forgetBias: 0.5 }),
  GRUCell: (size) => new GRUCell(size),
  'GRUCell, reset after': (size) => new GRUCell({ ...size, resetAfter: true }),
};

const lengthsOf: Readonly<Record<number, readonly number[]>> = { 1: [3], 5: [0, 6, 1, 4, 6] };

interface Setting extends Size {
  readonly batch: number;
  readonly timeMajor: boolean;
}

const settings: readonly Setting[] = [
  { units: 1, inputSize: 3, batch: 5, timeMajor: true },
  { units: 7, inputSize: 1, batch: 5, timeMajor: false },
  { units: 33, inputSize: 6, batch: 1, timeMajor: true },
];

let seed = 0;

function noise(shape: number[], deviation = 1): Tensor {
  seed += 1;
  return randomNormal(shape as [number], 0, deviation, 'float32', seed);
}

/** Outputs, final states and gradients by everything, of one cell from the front and one from the back. */
function results(cellFw: AnyCell, cellBw: AnyCell, setting: Setting): Tensor[] {
  const { batch, inputSize, timeMajor } = setting;
  const time = 6;
  seed = 0;
  const inputs = noise(timeMajor ? [time, batch, inputSize] : [batch, time, inputSize]) as Tensor3D;
  const [initialStateFw, initialStateBw] = [cellFw, cellBw].map((cell) =>
    mapState(cell.zeroState(batch), ({ shape }) => noise(shape)),
  ) as [Tensor2D, Tensor2D];
  const options = {
    initialStateFw,
    initialStateBw,
    timeMajor,
    sequenceLength: lengthsOf[batch]!,
  };
  const run = () => {
    const { outputs, finalState } = bidirectionalDynamicRNN(cellFw, cellBw, inputs, options);
    return [...outputs, ...finalState.flatMap(tensorsOf)];
  };
  const forward = run();
  const weights = forward.map(({ shape }) => noise(shape));
  const loss = () =>
    run()
      .map((one, i) => sum(mul(one, weights[i]!)))
      .reduce((a, b) => add(a, b));
  const states = [initialStateFw, initialStateBw].flatMap(tensorsOf);
  const variables = [cellFw, cellBw].flatMap(({ trainableVariables }) => trainableVariables);
  return [...forward, ...grads(loss)([inputs, ...states, ...variables])];
}

/** A state is a tensor, or an LSTM's pair of them. */
function tensorsOf(state: object): Tensor[] {
  return 'dataId' in state ? [state as Tensor] : (Object.values(state) as Tensor[]);
}

function mapState(state: object, change: (tensor: Tensor) => Tensor): object {
  if ('dataId' in state) return change(state as Tensor);
  return Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => [name, change(tensor as Tensor)]),
  );
}

interface Tolerances {
  readonly forward: number;
  readonly gradient: number;
}

/** Asserts that kernels give what composed steps give, relative to 1 or to the largest number of a result. */
async function expectParity(
  make: (size: Size) => unknown,
  setting: Setting,
  { forward, gradient }: Tolerances,
): Promise<void> {
  await expectNoLeak(() => {
    const [cellFw, cellBw] = [make(setting), make(setting)] as [AnyCell, AnyCell];
    tidy(() => {
      const fused = results(cellFw, cellBw, setting);
      const composed = withoutKernels(kernels, 'webgl', () => results(cellFw, cellBw, setting));
      const outputs = 2 + 2 * tensorsOf(cellFw.zeroState(1)).length;
      for (const [i, tensor] of fused.entries()) {
        const values = composed[i]!.dataSync();
        const tolerance = i < outputs ? forward : gradient;
        expectClose(tensor, { shape: composed[i]!.shape, values }, tolerance, `result ${i}`);
      }
    });
    cellFw.dispose();
    cellBw.dispose();
  });
}

describe.for(Object.entries(cells))('%s', ([, make]) => {
  beforeAll(async () => {
    await setBackend('webgl');
  });

  test.for(settings)(
    'of $units units, batch $batch, time-major $timeMajor, is in both directions what its composed steps are',
    (setting) => expectParity(make, setting, { forward: 1e-5, gradient: 1e-4 }),
  );
});

describe('where a texture is lower than all steps below each other', () => {
  const flag = 'WEBGL_MAX_TEXTURE_SIZE';

  test.for(['BasicLSTMCell, forget bias 0.5', 'GRUCell'])(
    '%s, with its steps in several columns, is what its composed steps are',
    async (name) => {
      const make = cells[name]!;
      await setBackend('webgl');
      const most = env().getNumber(flag);
      env().set(flag, 24);
      try {
        await expectParity(make, settings[1]!, { forward: 1e-5, gradient: 1e-4 });
      } finally {
        env().set(flag, most);
      }
    },
  );

  test('a sequence that does not fit is refused with the reason', async () => {
    await setBackend('webgl');
    const most = env().getNumber(flag);
    const cell = new BasicLSTMCell({ inputSize: 2, units: 7 });
    const inputs = noise([1, 9, 2]) as Tensor3D;
    env().set(flag, 16);
    try {
      expect(() => tidy(() => dynamicRNN(cell, inputs).outputs)).toThrow(
        'rnn-kernels/webgl: expected a sequence that fits into a texture of 16 by 16 texels, got one of 21 by 16',
      );
    } finally {
      env().set(flag, most);
      cell.dispose();
      inputs.dispose();
    }
  });
});

describe('where the GPU renders half floats only', () => {
  const flag = 'WEBGL_RENDER_FLOAT32_ENABLED';

  beforeAll(async () => {
    env().set(flag, false);
    removeBackend('webgl');
    registerBackend('webgl', () => new MathBackendWebGL());
    await setBackend('webgl');
    // One third, as far as eleven bits go.
    const third = tidy(() => div(scalar(1), tensor1d([3, 3, 3, 3, 3])).dataSync()[0]!);
    expect(Math.abs(third - 1 / 3)).toBeGreaterThan(1e-5);
  });

  afterAll(async () => {
    env().set(flag, true);
    removeBackend('webgl');
    registerBackend('webgl', () => new MathBackendWebGL());
    await setBackend('webgl');
  });

  test.for(Object.entries(cells))(
    '%s is what its composed steps are, as far as half floats reach',
    ([, make]) => expectParity(make, settings[1]!, { forward: 1e-2, gradient: 5e-2 }),
  );
});
