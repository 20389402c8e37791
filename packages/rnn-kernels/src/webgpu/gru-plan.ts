import { GRUSequence } from '@unroll/rnn-cells';
import type { CellPlan, WalkAttrs } from './cell-plan.js';
import type { WalkCode } from './walk-shader.js';
import { hBefore, kept, transposedWeight, upstream, weight, writeGates } from './cell-snippets.js';

export const gruPlan: CellPlan = {
  kernelName: GRUSequence,
  matrices: [
    { kernel: 'gatesKernel', bias: 'gatesBias', gates: 2, joined: ['inputs', 'state'] },
    {
      kernel: 'candidateKernel',
      bias: 'candidateBias',
      gates: 1,
      joined: ['inputs', 'resetState'],
    },
  ],
  states: ['State'],
  // r, u and the candidate.
  kept: 3,
  forward,
  backward,
};

/** Slots: h, r ∘ h, u. */
function forward({ training }: WalkAttrs): WalkCode {
  const gate = (i: number): string => `f32(projected0[(place * 2 + ${i}) * uniforms.units + j])`;
  return {
    slots: 3,
    begin: 'hold(0, r, j, f32(initialState[row * uniforms.units + j]));',
    phases: [
      {
        product: {
          weights: [0, 1].map((i) => weight('gatesKernel', i, { gates: 2, inputs: true })),
          slots: [0],
        },
        alive: `
          let reset = sigmoid(z.x + ${gate(0)});
          let u = sigmoid(z.y + ${gate(1)});
          hold(1, r, j, reset * held(0, r, j));
          hold(2, r, j, u);
          ${training ? `result[${kept(0, 3)}] = reset;` : ''}`,
      },
      {
        product: {
          weights: [weight('candidateKernel', 0, { gates: 1, inputs: true })],
          slots: [1],
        },
        alive: `
          let u = held(2, r, j);
          let c = hyperbolicTangent(z + f32(projected1[place * uniforms.units + j]));
          let h = u * held(0, r, j) + (1.0 - u) * c;
          hold(0, r, j, h);
          result[place * uniforms.units + j] = h;
          ${training ? `result[${kept(1, 3)}] = u; result[${kept(2, 3)}] = c;` : ''}`,
        ended: 'result[place * uniforms.units + j] = 0.0;',
      },
    ],
    end: 'result[uniforms.final0 + row * uniforms.units + j] = held(0, r, j);',
  };
}

/** Slots: dh, and the gradients by what r, u and the candidate were applied to. */
function backward({ given }: WalkAttrs): WalkCode {
  return {
    slots: 4,
    functions: hBefore,
    begin: `hold(0, r, j, ${upstream(given, 'dFinalState', 'row')});`,
    phases: [
      {
        alive: `
          let u = f32(trace[${kept(1, 3)}]);
          let c = f32(trace[${kept(2, 3)}]);
          let dh = held(0, r, j) + ${upstream(given, 'dOutputs', 'place')};
          let du = dh * (hBefore(row, n, j) - c) * u * (1.0 - u);
          let dc = dh * (1.0 - u) * (1.0 - c * c);
          hold(0, r, j, dh * u);
          hold(2, r, j, du);
          hold(3, r, j, dc);
          ${writeGates(0, ['du'], { first: 1, gates: 2 })}
          ${writeGates(1, ['dc'])}`,
        ended: writeGates(0, ['0.0', '0.0']) + writeGates(1, ['0.0']),
      },
      {
        product: { weights: [transposedWeight('candidateKernel', 0, true)], slots: [3] },
        alive: `
          let reset = f32(trace[${kept(0, 3)}]);
          let dr = z * hBefore(row, n, j) * reset * (1.0 - reset);
          hold(0, r, j, held(0, r, j) + z * reset);
          hold(1, r, j, dr);
          ${writeGates(0, ['dr'], { first: 0, gates: 2 })}`,
      },
      {
        product: {
          weights: [0, 1].map((i) => transposedWeight('gatesKernel', i, true)),
          slots: [1, 2],
        },
        alive: 'hold(0, r, j, held(0, r, j) + z);',
      },
    ],
    end: 'result[uniforms.initial0 + row * uniforms.units + j] = held(0, r, j);',
  };
}
