import type { MatrixPlan } from './cell-plan.js';
import type { SequenceShape } from './sequence-shape.js';

/** The rows of a weight matrix: those that multiply the data, then those that multiply the state. */
export interface MatrixRows {
  readonly inputRows: number;
  readonly stateRows: number;
  /** What either fills where panels hold them, as in the gradient. */
  readonly inputPanels: number;
  readonly statePanels: number;
}

export function matrixRows({ rows }: MatrixPlan, { inputSize, units }: SequenceShape): MatrixRows {
  const inputRows = rows === 'h' ? 0 : inputSize;
  const stateRows = rows === 'x' ? 0 : units;
  return {
    inputRows,
    stateRows,
    inputPanels: Math.ceil(inputRows / 8),
    statePanels: Math.ceil(stateRows / 8),
  };
}

/** How many rows a matrix has. */
export function depthOf(matrix: MatrixPlan, shape: SequenceShape): number {
  const { inputRows, stateRows } = matrixRows(matrix, shape);
  return inputRows + stateRows;
}

/** How many rows its gradient by packed weights has. */
export function gradientDepthOf(matrix: MatrixPlan, shape: SequenceShape): number {
  const { inputPanels, statePanels } = matrixRows(matrix, shape);
  return (inputPanels + statePanels) * 8;
}
