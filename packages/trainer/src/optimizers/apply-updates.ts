import {
  engine,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { hasKernel } from '../kernels/has-kernel.js';

/** A variable with its slots and its gradient. */
export type Update<Slot extends string> = Readonly<Record<Slot | 'weight', Variable>> & {
  readonly gradient: Tensor;
};

/** How an optimizer updates a variable. */
export interface UpdateRule<Slot extends string, Attrs> {
  /** What a picture of the graph names the updates by. */
  readonly scope: string;
  /**
   * The kernel that updates all variables at once. It takes what is in the i-th update by its name and `i`
   * after it, and gives new tensors for weight and slots, one update after the other.
   */
  readonly kernelName: string;
  /** In the order in which the kernel gives them. */
  readonly slots: readonly Slot[];
  /** Updates one variable by TensorFlow.js's own ops; called in `tidy`. */
  readonly compose: (update: Update<Slot>, attrs: Attrs) => void;
}

/** Makes updates by the rule's kernel where the current backend has it, one after the other elsewhere. */
export function applyUpdates<Slot extends string, Attrs>(
  rule: UpdateRule<Slot, Attrs>,
  updates: readonly Update<Slot>[],
  attrs: Attrs,
): void {
  if (!hasKernel(rule.kernelName)) {
    tidy(rule.scope, () => {
      for (const update of updates) tidy('update', () => rule.compose(update, attrs));
    });
    return;
  }
  const inputs: NamedTensorMap = Object.fromEntries(
    updates.flatMap((update, i) =>
      Object.entries<Tensor>(update).map(([name, tensor]) => [`${name}${i}`, tensor]),
    ),
  );
  const names = ['weight', ...rule.slots] as const;
  const targets = updates.flatMap((update) => names.map((name): Variable => update[name]));
  const named = { ...attrs, count: updates.length } as unknown as NamedAttrMap;
  tidy(rule.scope, () => {
    const results = engine().runKernel(rule.kernelName, inputs, named) as unknown as Tensor[];
    for (const [i, target] of targets.entries()) target.assign(results[i]!);
  });
}
