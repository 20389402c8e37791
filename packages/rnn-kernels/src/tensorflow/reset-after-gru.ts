import { ResetAfterGRUSequence } from '@unroll/rnn-cells';
import { type Cell, flat } from './cell.js';
import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';

type Weights = Readonly<
  Record<
    'gatesBias' | 'gatesKernel' | 'hiddenBias' | 'hiddenKernel' | 'inputBias' | 'inputKernel',
    Handle
  >
>;

/** What a step leaves for its gradient. */
interface Step {
  readonly before: Handle;
  readonly gates: Handle;
  readonly r: Handle;
  readonly u: Handle;
  readonly candidate: Handle;
  /** The state's share of the candidate, before the reset gate. */
  readonly hidden: Handle;
  readonly h: Handle;
}

/** TensorFlow has no op for this form outside of cuDNN; a step is a dozen of them. */
export const resetAfterGRU: Cell = {
  kernelName: ResetAfterGRUSequence,
  weights: ['gatesKernel', 'gatesBias', 'inputKernel', 'inputBias', 'hiddenKernel', 'hiddenBias'],
  states: ['State'],
  walk({ ops, x, weights: given, initial }) {
    const weights = given as Weights;
    const [time, , inputSize] = x.shape as [number, number, number];
    const units = initial[0]!.shape[1]!;
    const [inputGates, stateGates] = ops.splitRows(weights.gatesKernel, [inputSize, units]) as [
      Handle,
      Handle,
    ];
    const inputs = flat(ops, x);
    const shareOf = (kernel: Handle, bias: Handle): Handle[] =>
      ops.split(ops.addBias(ops.matMul(inputs, kernel), bias), time);
    const gateShares = shareOf(inputGates, weights.gatesBias);
    const candidateShares = shareOf(weights.inputKernel, weights.inputBias);
    const steps: Step[] = [];
    for (const [t, gateShare] of gateShares.entries()) {
      const before = steps[t - 1]?.h ?? initial[0]!;
      const shares = [gateShare, candidateShares[t]!] as const;
      steps.push(forward(ops, before, { shares, stateGates, weights }));
    }
    return {
      states: [steps.map(({ h }) => h)],
      back: (at, t, [dh]) => backward(at, steps[t]!, dh!, [stateGates, weights.hiddenKernel]),
      weightGradients({ ops: at, before, sums }) {
        const [ofGates, ofCandidate, ofHidden] = sums as [Handle, Handle, Handle];
        return (
          [
            [at.concat([inputs, before], 1), ofGates],
            [inputs, ofCandidate],
            [before, ofHidden],
          ] as const
        ).flatMap(([rows, sum]) => [at.transposedTimes(rows, sum), at.sumOfRows(sum)]);
      },
      inputGradient: ({ ops: at, sums }) =>
        at.add(
          at.timesTransposed(sums[0]!, inputGates),
          at.timesTransposed(sums[1]!, weights.inputKernel),
        ),
    };
  },
};

interface ForwardOptions {
  /** The input's shares of gates and candidate, with their biases. */
  readonly shares: readonly [Handle, Handle];
  readonly stateGates: Handle;
  readonly weights: Weights;
}

function forward(ops: Ops, before: Handle, { shares, stateGates, weights }: ForwardOptions): Step {
  const [gates, r, u, candidate, hidden, h] = ops.tidy(
    (): readonly [Handle, Handle, Handle, Handle, Handle, Handle] => {
      const both = ops.run('Sigmoid', [ops.add(ops.matMul(before, stateGates), shares[0])]);
      const [reset, update] = ops.split(both, 2, 1) as [Handle, Handle];
      const fromState = ops.addBias(ops.matMul(before, weights.hiddenKernel), weights.hiddenBias);
      const c = ops.run('Tanh', [ops.add(ops.mul(reset, fromState), shares[1])]);
      const next = ops.add(c, ops.mul(update, ops.sub(before, c)));
      return [both, reset, update, c, fromState, next];
    },
  );
  return { before, gates, r, u, candidate, hidden, h };
}

/** With the gradients by the sums of gates, candidate, and the state's share of the candidate. */
function backward(
  ops: Ops,
  { before, gates, r, u, candidate, hidden }: Step,
  dh: Handle,
  [stateGates, hiddenKernel]: readonly [Handle, Handle],
): { states: Handle[]; sums: Handle[] } {
  const kept = ops.mul(dh, u);
  const ofCandidate = ops.run('TanhGrad', [candidate, ops.sub(dh, kept)]);
  const dr = ops.mul(ofCandidate, hidden);
  const du = ops.mul(dh, ops.sub(before, candidate));
  const ofGates = ops.run('SigmoidGrad', [gates, ops.concat([dr, du], 1)]);
  const ofHidden = ops.mul(ofCandidate, r);
  const byGates = ops.timesTransposed(ofGates, stateGates);
  const byHidden = ops.timesTransposed(ofHidden, hiddenKernel);
  return {
    states: [ops.total([kept, byGates, byHidden])!],
    sums: [ofGates, ofCandidate, ofHidden],
  };
}
