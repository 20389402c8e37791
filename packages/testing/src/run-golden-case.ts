import {
  add,
  grads,
  mul,
  squeeze,
  stack,
  sum,
  tensor,
  Tensor,
  type Tensor2D,
  type Tensor3D,
  type TensorContainer,
  tidy,
  unstack,
} from '@tensorflow/tfjs-core';
import { type AnyCell, buildCell, type CellLibrary } from './cell-library.js';
import type { GoldenCase, GoldenState, GoldenTensor } from './golden-case.js';

/** What a library gives for a golden case: tensors in the structure of the case. */
export interface GoldenRun {
  readonly outputs: Tensor3D;
  readonly finalState: unknown;
  readonly inputGradient: Tensor;
  readonly initialStateGradients: readonly Tensor[];
  readonly weightGradients: Readonly<Record<string, Tensor>>;
}

/** Tensors of a golden state, in its structure. */
export function stateOf(golden: GoldenState): unknown {
  if (isTensor(golden)) return tensorOf(golden);
  if (Array.isArray(golden)) return golden.map(stateOf);
  return Object.fromEntries(Object.entries(golden).map(([key, value]) => [key, stateOf(value)]));
}

export function tensorOf({ shape, values }: GoldenTensor): Tensor {
  return tensor([...values], [...shape], 'float32');
}

/** The tensors of a state, or the numbers of a golden one, in order. */
export function leaves<Leaf>(state: unknown): Leaf[] {
  if (state instanceof Tensor || isTensor(state)) return [state as Leaf];
  return Object.values(state as object).flatMap((part: unknown) => leaves<Leaf>(part));
}

function isTensor(value: unknown): value is GoldenTensor {
  return typeof value === 'object' && value !== null && 'values' in value && 'shape' in value;
}

/** Runs the case's loop, forward only. */
export function runLoop(
  library: CellLibrary,
  golden: GoldenCase,
  { cell, inputs, initialState }: { cell: AnyCell; inputs: Tensor3D; initialState: unknown },
): { outputs: Tensor3D; finalState: unknown } {
  const options = {
    ...(initialState === null ? {} : { initialState }),
    ...(golden.sequenceLength === null ? {} : { sequenceLength: golden.sequenceLength }),
  };
  if (golden.loop.type === 'dynamicRNN') {
    return library.dynamicRNN(cell, inputs, {
      ...options,
      timeMajor: golden.loop.timeMajor ?? false,
    });
  }
  // TensorFlow.js's gradient of unstack fails where there is but one slice.
  const steps = inputs.shape[1] === 1 ? [squeeze(inputs, [1])] : unstack(inputs, 1);
  const { outputs, finalState } = library.staticRNN(cell, steps as Tensor2D[], options);
  return { outputs: stack(outputs, 1) as Tensor3D, finalState };
}

/**
 * Runs a case forward and backward with the weights of the golden.
 *
 * @param library - `@unroll/rnn-cells`, on the backend of the moment
 * @param golden - the case
 * @param wrap - what stands for the cell in the loop; default the cell itself
 * @returns tensors that the caller owns
 */
export function runGoldenCase(
  library: CellLibrary,
  golden: GoldenCase,
  wrap: (cell: AnyCell) => AnyCell = (cell) => cell,
): GoldenRun {
  const cell = buildCell(library, golden.cell);
  try {
    library.setWeights(cell, golden.weights);
    const weights = library.getWeights(cell);
    return tidy(() => differentiate(library, golden, wrap(cell), weights)) as unknown as GoldenRun;
  } finally {
    cell.dispose();
  }
}

function differentiate(
  library: CellLibrary,
  golden: GoldenCase,
  cell: AnyCell,
  weights: Readonly<Record<string, Tensor>>,
): TensorContainer {
  const inputs = tensorOf(golden.inputs) as Tensor3D;
  const initialState = golden.initialState === null ? null : stateOf(golden.initialState);
  const states = initialState === null ? [] : leaves<Tensor>(initialState);
  const upstream = [
    tensorOf(golden.upstream.outputs),
    ...leaves<GoldenTensor>(golden.upstream.finalState).map(tensorOf),
  ];
  const loss = () => {
    const result = runLoop(library, golden, { cell, inputs, initialState });
    const results = [result.outputs, ...leaves<Tensor>(result.finalState)];
    return results.map((one, i) => sum(mul(one, upstream[i]!))).reduce((a, b) => add(a, b));
  };
  const paths = Object.keys(weights);
  const gradients = grads(loss)([inputs, ...states, ...paths.map((path) => weights[path]!)]);
  const { outputs, finalState } = runLoop(library, golden, { cell, inputs, initialState });
  return {
    outputs,
    finalState: finalState as TensorContainer,
    inputGradient: gradients[0]!,
    initialStateGradients: gradients.slice(1, 1 + states.length),
    weightGradients: Object.fromEntries(
      paths.map((path, i) => [path, gradients[1 + states.length + i]!]),
    ),
  };
}
