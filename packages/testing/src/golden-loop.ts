import {
  squeeze,
  stack,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from '@tensorflow/tfjs-core';
import { type AnyCell, buildCell, type CellLibrary } from './cell-library.js';
import type { GoldenCase } from './golden-case.js';

/** What a loop gives: tensors in the structure of the golden case. */
interface LoopRun {
  readonly outputs: unknown;
  readonly finalState: unknown;
}

/** The cells of a golden case in its loop. */
export interface GoldenLoop {
  /** By TensorFlow 1 path. */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** @param initialState - null for zeros, as each of a bidirectional loop's pair may be */
  run(inputs: Tensor3D, initialState: unknown): LoopRun;
  dispose(): void;
}

type Wrap = (cell: AnyCell) => AnyCell;

/**
 * Builds the cells of a golden case, and what runs them in its loop.
 *
 * @param wrap - what stands for a cell in the loop; default the cell itself
 */
export function goldenLoop(
  library: CellLibrary,
  golden: GoldenCase,
  wrap: Wrap = (cell) => cell,
): GoldenLoop {
  const lengths = golden.sequenceLength === null ? {} : { sequenceLength: golden.sequenceLength };
  const timeMajor = 'timeMajor' in golden.loop && golden.loop.timeMajor;
  const options = { ...lengths, timeMajor };
  if ('cell' in golden) {
    const cell = buildCell(library, golden.cell);
    return {
      weights: library.getWeights(cell),
      run(inputs, state) {
        const all = { ...options, ...unless('initialState', state) };
        if (golden.loop.type === 'dynamicRNN') return library.dynamicRNN(wrap(cell), inputs, all);
        return stacked(library.staticRNN(wrap(cell), steps(inputs), all));
      },
      dispose: () => cell.dispose(),
    };
  }
  if ('cellFw' in golden) {
    const [fw, bw] = [buildCell(library, golden.cellFw), buildCell(library, golden.cellBw)];
    const scope = 'bidirectional_rnn';
    return {
      weights: bothWeights(library, fw, bw, scope),
      run(inputs, state) {
        const all = { ...options, ...pairOf(state, 'initialStateFw', 'initialStateBw') };
        if (golden.loop.type === 'bidirectionalDynamicRNN') {
          return library.bidirectionalDynamicRNN(wrap(fw), wrap(bw), inputs, all);
        }
        return stacked(library.staticBidirectionalRNN(wrap(fw), wrap(bw), steps(inputs), all));
      },
      dispose: () => [fw, bw].forEach((cell) => cell.dispose()),
    };
  }
  const fws = golden.cellsFw.map((spec) => buildCell(library, spec));
  const bws = golden.cellsBw.map((spec) => buildCell(library, spec));
  const weights = fws.map((fw, layer) => {
    const scope = `stack_bidirectional_rnn/cell_${layer}/bidirectional_rnn`;
    return bothWeights(library, fw, bws[layer]!, scope);
  });
  return {
    weights: Object.assign({}, ...weights) as Record<string, Tensor>,
    run(inputs, state) {
      const all = { ...options, ...pairOf(state, 'initialStatesFw', 'initialStatesBw') };
      return library.stackBidirectionalDynamicRNN(fws.map(wrap), bws.map(wrap), inputs, all);
    },
    dispose: () => [...fws, ...bws].forEach((cell) => cell.dispose()),
  };
}

function bothWeights(
  library: CellLibrary,
  fw: AnyCell,
  bw: AnyCell,
  scope: string,
): Record<string, Tensor> {
  return {
    ...library.getWeights(fw, { scope: `${scope}/fw` }),
    ...library.getWeights(bw, { scope: `${scope}/bw` }),
  };
}

function unless(name: string, state: unknown): Record<string, unknown> {
  return state === null || state === undefined ? {} : { [name]: state };
}

function pairOf(state: unknown, fw: string, bw: string): Record<string, unknown> {
  const [stateFw, stateBw] = (state ?? []) as unknown[];
  return { ...unless(fw, stateFw), ...unless(bw, stateBw) };
}

function steps(inputs: Tensor3D): Tensor2D[] {
  // TensorFlow.js's gradient of unstack fails where there is but one slice.
  if (inputs.shape[1] === 1) return [squeeze<Tensor2D>(inputs, [1])];
  return unstack(inputs, 1) as Tensor2D[];
}

function stacked({ outputs, finalState }: { outputs: Tensor2D[]; finalState: unknown }): LoopRun {
  return { outputs: stack(outputs, 1), finalState };
}
