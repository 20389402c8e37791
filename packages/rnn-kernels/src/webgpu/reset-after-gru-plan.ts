import { ResetAfterGRUSequence } from '@unroll/rnn-cells';
import type { CellPlan, WalkAttrs } from './cell-plan.js';
import type { WalkCode } from './walk-shader.js';
import {
  hBefore,
  keep,
  kept,
  transposedWeight,
  upstream,
  weight,
  writeGates,
} from './cell-snippets.js';

export const resetAfterGRUPlan: CellPlan = {
  kernelName: ResetAfterGRUSequence,
  matrices: [
    { kernel: 'gatesKernel', bias: 'gatesBias', gates: 2, joined: ['inputs', 'state'] },
    { kernel: 'inputKernel', bias: 'inputBias', gates: 1, joined: ['inputs'] },
    { kernel: 'hiddenKernel', bias: 'hiddenBias', gates: 1, joined: ['state'] },
  ],
  states: ['State'],
  // r, u, the candidate, and its part by the state before r.
  kept: 4,
  forward,
  backward,
};

/** Two slots for h, by turns: some threads still read the last one while others write the next. */
function forward({ training }: WalkAttrs): WalkCode {
  const gate = (i: number): string => `f32(projected0[(place * 2 + ${i}) * uniforms.units + j])`;
  return {
    slots: 2,
    begin: 'hold(0, r, j, f32(initialState[row * uniforms.units + j]));',
    phases: [
      {
        product: {
          weights: [
            weight('gatesKernel', 0, { gates: 2, inputs: true }),
            weight('gatesKernel', 1, { gates: 2, inputs: true }),
            weight('hiddenKernel', 0, { gates: 1, inputs: false }),
          ],
          slots: ['n % 2'],
        },
        alive: `
          let reset = sigmoid(z.x + ${gate(0)});
          let u = sigmoid(z.y + ${gate(1)});
          let hidden = z.z + f32(hiddenBias[j]);
          let x = f32(projected1[place * uniforms.units + j]);
          let c = hyperbolicTangent(x + reset * hidden);
          let h = u * held(n % 2, r, j) + (1.0 - u) * c;
          hold(1 - n % 2, r, j, h);
          result[place * uniforms.units + j] = h;
          ${training ? keep(['reset', 'u', 'c', 'hidden']) : ''}`,
        ended: `
          hold(1 - n % 2, r, j, held(n % 2, r, j));
          result[place * uniforms.units + j] = 0.0;`,
      },
    ],
    end: 'result[uniforms.final0 + row * uniforms.units + j] = held(uniforms.time % 2, r, j);',
  };
}

/** Slots: dh, and the gradients by what r, u and the hidden part were applied to. */
function backward({ given }: WalkAttrs): WalkCode {
  return {
    slots: 4,
    functions: hBefore,
    begin: `hold(0, r, j, ${upstream(given, 'dFinalState', 'row')});`,
    phases: [
      {
        alive: `
          let reset = f32(trace[${kept(0, 4)}]);
          let u = f32(trace[${kept(1, 4)}]);
          let c = f32(trace[${kept(2, 4)}]);
          let hidden = f32(trace[${kept(3, 4)}]);
          let dh = held(0, r, j) + ${upstream(given, 'dOutputs', 'place')};
          let du = dh * (hBefore(row, n, j) - c) * u * (1.0 - u);
          let dc = dh * (1.0 - u) * (1.0 - c * c);
          let dr = dc * hidden * reset * (1.0 - reset);
          let dHidden = dc * reset;
          hold(0, r, j, dh * u);
          hold(1, r, j, dr);
          hold(2, r, j, du);
          hold(3, r, j, dHidden);
          ${writeGates(0, ['dr', 'du'])}
          ${writeGates(1, ['dc'])}
          ${writeGates(2, ['dHidden'])}`,
        ended: [writeGates(0, ['0.0', '0.0']), writeGates(1, ['0.0']), writeGates(2, ['0.0'])].join(
          '\n',
        ),
      },
      {
        product: {
          weights: [
            transposedWeight('gatesKernel', 0, true),
            transposedWeight('gatesKernel', 1, true),
            transposedWeight('hiddenKernel', 0, false),
          ],
          slots: [1, 2, 3],
        },
        alive: 'hold(0, r, j, held(0, r, j) + z);',
      },
    ],
    end: 'result[uniforms.initial0 + row * uniforms.units + j] = held(0, r, j);',
  };
}
