import {
  add,
  grads,
  mul,
  sum,
  tensor,
  Tensor,
  type Tensor3D,
  type TensorContainer,
  tidy,
} from '@tensorflow/tfjs-core';
import type { AnyCell, CellLibrary } from './cell-library.js';
import type { GoldenCase, GoldenState, GoldenTensor } from './golden-case.js';
import { type GoldenLoop, goldenLoop } from './golden-loop.js';

/** What a library gives for a golden case: tensors in the structure of the case. */
export interface GoldenRun {
  readonly outputs: unknown;
  readonly finalState: unknown;
  readonly inputGradient: Tensor;
  readonly initialStateGradients: readonly Tensor[];
  readonly weightGradients: Readonly<Record<string, Tensor>>;
}

/** Tensors of a golden state, in its structure. */
export function stateOf(golden: GoldenState | null): unknown {
  if (golden === null) return null;
  if (isTensor(golden)) return tensorOf(golden);
  if (Array.isArray(golden)) return golden.map((part: GoldenState | null) => stateOf(part));
  return Object.fromEntries(
    Object.entries(golden as object).map(([key, value]: [string, GoldenTensor]) => [
      key,
      stateOf(value),
    ]),
  );
}

export function tensorOf({ shape, values }: GoldenTensor): Tensor {
  return tensor([...values], [...shape], 'float32');
}

/** The tensors of a state, or the numbers of a golden one, in order. */
export function leaves<Leaf>(state: unknown): Leaf[] {
  if (state === null) return [];
  if (state instanceof Tensor || isTensor(state)) return [state as Leaf];
  return Object.values(state as object).flatMap((part: unknown) => leaves<Leaf>(part));
}

function isTensor(value: unknown): value is GoldenTensor {
  return typeof value === 'object' && value !== null && 'values' in value && 'shape' in value;
}

/**
 * Runs a case forward and backward with the weights of the golden.
 *
 * @param library - `@unroll/rnn-cells`, on the backend of the moment
 * @param golden - the case
 * @param wrap - what stands for each cell in the loop; default the cell itself
 * @returns tensors that the caller owns
 */
export function runGoldenCase(
  library: CellLibrary,
  golden: GoldenCase,
  wrap?: (cell: AnyCell) => AnyCell,
): GoldenRun {
  const loop = goldenLoop(library, golden, wrap);
  try {
    tidy(() => {
      for (const [path, weight] of Object.entries(loop.weights)) {
        const value = golden.weights[path];
        if (value === undefined) throw new Error(`${golden.name}: no weight ${path}`);
        (weight as Tensor & { assign(value: Tensor): void }).assign(tensorOf(value));
      }
    });
    return tidy(() => differentiate(loop, golden)) as unknown as GoldenRun;
  } finally {
    loop.dispose();
  }
}

function differentiate(loop: GoldenLoop, golden: GoldenCase): TensorContainer {
  const inputs = tensorOf(golden.inputs) as Tensor3D;
  const initialState = stateOf(golden.initialState);
  const states = leaves<Tensor>(initialState);
  const upstream = [golden.upstream.outputs, golden.upstream.finalState].flatMap((part) =>
    leaves<GoldenTensor>(part).map(tensorOf),
  );
  const loss = () => {
    const { outputs, finalState } = loop.run(inputs, initialState);
    return [...leaves<Tensor>(outputs), ...leaves<Tensor>(finalState)]
      .map((one, i) => sum(mul(one, upstream[i]!)))
      .reduce((a, b) => add(a, b));
  };
  const paths = Object.keys(loop.weights);
  const points = [inputs, ...states, ...paths.map((path) => loop.weights[path]!)];
  const gradients = grads(loss)(points);
  const { outputs, finalState } = loop.run(inputs, initialState);
  return {
    outputs: outputs as TensorContainer,
    finalState: finalState as TensorContainer,
    inputGradient: gradients[0]!,
    initialStateGradients: gradients.slice(1, 1 + states.length),
    weightGradients: Object.fromEntries(
      paths.map((path, i) => [path, gradients[1 + states.length + i]!]),
    ),
  };
}
