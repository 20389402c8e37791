import { BasicRNNSequence } from '@unroll/rnn-cells';
import type { CellPlan, WalkAttrs } from './cell-plan.js';
import type { WalkCode } from './walk-shader.js';
import { transposedWeight, upstream, weight, writeGates } from './cell-snippets.js';

export const basicRNNPlan: CellPlan = {
  kernelName: BasicRNNSequence,
  matrices: [{ kernel: 'kernel', bias: 'bias', gates: 1, joined: ['inputs', 'state'] }],
  states: ['State'],
  kept: 0,
  forward,
  backward,
};

/** Of `x`, and the slope by the result `y`. */
const activations: Readonly<Record<string, readonly [value: string, slope: string]>> = {
  linear: ['x', '1.0'],
  relu: ['select(x, 0.0, x < 0.0)', 'select(0.0, 1.0, y > 0.0)'],
  sigmoid: ['sigmoid(x)', 'y * (1.0 - y)'],
  tanh: ['hyperbolicTangent(x)', '1.0 - y * y'],
};

/** Two slots for h, by turns: some threads still read the last one while others write the next. */
function forward({ activation }: WalkAttrs): WalkCode {
  const [value] = activations[activation!]!;
  return {
    slots: 2,
    begin: 'hold(0, r, j, f32(initialState[row * uniforms.units + j]));',
    phases: [
      {
        product: { weights: [weight('kernel', 0, { gates: 1, inputs: true })], slots: ['n % 2'] },
        alive: `
          let x = z + f32(projected0[place * uniforms.units + j]);
          let y = ${value};
          hold(1 - n % 2, r, j, y);
          result[place * uniforms.units + j] = y;`,
        ended: `
          hold(1 - n % 2, r, j, held(n % 2, r, j));
          result[place * uniforms.units + j] = 0.0;`,
      },
    ],
    end: 'result[uniforms.final0 + row * uniforms.units + j] = held(uniforms.time % 2, r, j);',
  };
}

/** Slots: dh, and the gradient by what the activation was applied to. */
function backward({ activation, given }: WalkAttrs): WalkCode {
  const [, slope] = activations[activation!]!;
  return {
    slots: 2,
    begin: `hold(0, r, j, ${upstream(given, 'dFinalState', 'row')});`,
    phases: [
      {
        alive: `
          let y = f32(trace[place * uniforms.units + j]);
          let dh = held(0, r, j) + ${upstream(given, 'dOutputs', 'place')};
          let dx = dh * (${slope});
          hold(1, r, j, dx);
          ${writeGates(0, ['dx'])}`,
        ended: writeGates(0, ['0.0']),
      },
      {
        product: { weights: [transposedWeight('kernel', 0, true)], slots: [1] },
        alive: 'hold(0, r, j, z);',
      },
    ],
    end: 'result[uniforms.initial0 + row * uniforms.units + j] = held(0, r, j);',
  };
}
