import type { Core } from '../core/core.js';
import { type PartField, partFields } from '../core/part-fields.js';
import type { CellPlan } from './cell-plan.js';
import type { SequenceShape } from './sequence-shape.js';

/** Sizes in panels of 8 columns; see assembly/product.as. */
export interface PanelCounts {
  readonly inputPanels: number;
  readonly unitPanels: number;
  /** Of all gates. */
  readonly gatePanels: number;
}

export function panelCounts(plan: CellPlan, { inputSize, units }: SequenceShape): PanelCounts {
  const inputPanels = Math.ceil(inputSize / 8);
  const unitPanels = Math.ceil(units / 8);
  const gates = plan.matrices.reduce((sum, matrix) => sum + matrix.gates, 0);
  return { inputPanels, unitPanels, gatePanels: gates * unitPanels };
}

/** Bytes of a row of a panel. */
export const rowBytes = 32;

export type PartValues = Partial<Record<PartField, number>>;

/** The place of each field in a `Part`, in words. */
export const fieldPlaces = Object.fromEntries(partFields.map((field, i) => [field, i])) as Readonly<
  Record<PartField, number>
>;

/** Sets fields of a `Part`. */
export function setPart(core: Core, part: number, values: PartValues): void {
  const words = new Int32Array(core.memory.buffer, part, partFields.length);
  for (const field in values) {
    words[fieldPlaces[field as PartField]] = values[field as PartField]!;
  }
}
