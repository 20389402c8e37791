import { LSTMSequence } from '@unroll/rnn-cells';
import type { CellPlan, WalkAttrs } from './cell-plan.js';
import type { WalkCode } from './walk-shader.js';
import { keep, kept, transposedWeight, upstream, weight, writeGates } from './cell-snippets.js';

export const lstmPlan: CellPlan = {
  kernelName: LSTMSequence,
  matrices: [{ kernel: 'kernel', bias: 'bias', gates: 4, joined: ['inputs', 'state'] }],
  states: ['C', 'H'],
  // i, j, f, o after their activations, and c.
  kept: 5,
  floats: ['forgetBias'],
  forward,
  backward,
};

const gates = [0, 1, 2, 3] as const;

/** Two slots for h, by turns: some threads still read the last one while others write the next. Then c. */
function forward({ training }: WalkAttrs): WalkCode {
  const projected = (gate: number): string =>
    `f32(projected0[(place * 4 + ${gate}) * uniforms.units + j])`;
  return {
    slots: 3,
    begin: `
          hold(0, r, j, f32(initialH[row * uniforms.units + j]));
          hold(2, r, j, f32(initialC[row * uniforms.units + j]));`,
    phases: [
      {
        product: {
          weights: gates.map((gate) => weight('kernel', gate, { gates: 4, inputs: true })),
          slots: ['n % 2'],
        },
        alive: `
          let i = sigmoid(z.x + ${projected(0)});
          let g = hyperbolicTangent(z.y + ${projected(1)});
          let f = sigmoid(z.z + ${projected(2)} + uniforms.forgetBias);
          let o = sigmoid(z.w + ${projected(3)});
          let c = f * held(2, r, j) + i * g;
          let h = o * hyperbolicTangent(c);
          hold(2, r, j, c);
          hold(1 - n % 2, r, j, h);
          result[place * uniforms.units + j] = h;
          ${training ? keep(['i', 'g', 'f', 'o', 'c']) : ''}`,
        ended: `
          hold(1 - n % 2, r, j, held(n % 2, r, j));
          result[place * uniforms.units + j] = 0.0;`,
      },
    ],
    end: `
          result[uniforms.final0 + row * uniforms.units + j] = held(2, r, j);
          result[uniforms.final1 + row * uniforms.units + j] = held(uniforms.time % 2, r, j);`,
  };
}

/** Slots: dh, dc, and the gradients by what the four gates were applied to. */
function backward({ given }: WalkAttrs): WalkCode {
  return {
    slots: 6,
    functions: `
    fn cBefore(row : i32, n : i32, j : i32) -> f32 {
      if (n == 0) { return f32(initialC[row * uniforms.units + j]); }
      let place = placeOf(row, n - 1);
      return f32(trace[${kept(4, 5)}]);
    }`,
    begin: `
          hold(0, r, j, ${upstream(given, 'dFinalH', 'row')});
          hold(1, r, j, ${upstream(given, 'dFinalC', 'row')});`,
    phases: [
      {
        alive: `
          let i = f32(trace[${kept(0, 5)}]);
          let g = f32(trace[${kept(1, 5)}]);
          let f = f32(trace[${kept(2, 5)}]);
          let o = f32(trace[${kept(3, 5)}]);
          let t = hyperbolicTangent(f32(trace[${kept(4, 5)}]));
          let dh = held(0, r, j) + ${upstream(given, 'dOutputs', 'place')};
          let dc = held(1, r, j) + dh * o * (1.0 - t * t);
          let di = dc * g * i * (1.0 - i);
          let dg = dc * i * (1.0 - g * g);
          let df = dc * cBefore(row, n, j) * f * (1.0 - f);
          let dout = dh * t * o * (1.0 - o);
          hold(1, r, j, dc * f);
          hold(2, r, j, di);
          hold(3, r, j, dg);
          hold(4, r, j, df);
          hold(5, r, j, dout);
          ${writeGates(0, ['di', 'dg', 'df', 'dout'])}`,
        ended: writeGates(0, ['0.0', '0.0', '0.0', '0.0']),
      },
      {
        product: {
          weights: gates.map((gate) => transposedWeight('kernel', gate, true)),
          slots: [2, 3, 4, 5],
        },
        alive: 'hold(0, r, j, z);',
      },
    ],
    end: `
          result[uniforms.initial0 + row * uniforms.units + j] = held(1, r, j);
          result[uniforms.initial1 + row * uniforms.units + j] = held(0, r, j);`,
  };
}
