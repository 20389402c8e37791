import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { Block } from '../core/arena.js';
import type { Core } from '../core/core.js';
import { numbersOf } from '../numbers-of.js';
import { shouldWait, updateLater } from './late-update.js';
import { makeOutputs, settle } from './make-outputs.js';
import type { TrainingContext } from './training-context.js';

/** How an optimizer updates a variable. */
export interface UpdateRule<Attrs> {
  readonly kernelName: string;
  /** In the order in which the kernel gives them, after the weight. */
  readonly slots: readonly string[];
  /**
   * Makes a step in the core's memory.
   *
   * @param places - addresses of weight, slots and gradient, and how many bytes each has
   */
  readonly update: (core: Core, places: readonly number[], attrs: Attrs) => void;
}

/** Numbers of each kind that are copied to the core at once: what stays in a processor's second cache. */
const atOnce = 8192;

/** The kernel of an optimizer: a pass over the numbers of each variable. */
export function updateKernel<Attrs extends { readonly count: number }>(
  rule: UpdateRule<Attrs>,
  { backendName, hostOf, core }: TrainingContext,
): KernelConfig {
  const targets = ['weight', ...rule.slots];
  return {
    kernelName: rule.kernelName,
    backendName,
    kernelFunc({ inputs, attrs: given, backend }) {
      const host = hostOf(backend);
      const attrs = given as unknown as Attrs;
      const of = (name: string, i: number): TensorInfo => inputs[`${name}${i}`]!;
      const variables = Array.from({ length: attrs.count }, (_, i) => ({
        targets: targets.map((name) => of(name, i)),
        gradient: of('gradient', i),
      }));
      if (shouldWait(variables)) {
        const update = (places: readonly number[]): void => rule.update(core, places, attrs);
        return updateLater({ core, host, variables, update });
      }
      for (const { targets: old, gradient } of variables) settle(host, [...old, gradient]);
      const block = core.arena.take(4 * atOnce * (targets.length + 1));
      try {
        return variables.flatMap((variable) => {
          const tensors = [...variable.targets, variable.gradient];
          const { infos, values } = makeOutputs(
            host,
            variable.targets.map(({ shape }) => shape),
          );
          const old = tensors.map((tensor) => numbersOf(host, tensor));
          updateVariable(core, rule, { old, values, attrs, block });
          return infos;
        });
      } finally {
        core.arena.give(block);
      }
    },
  };
}

interface VariableUpdate<Attrs> {
  readonly old: readonly Float32Array[];
  readonly values: readonly Float32Array[];
  readonly attrs: Attrs;
  /** Holds as many numbers of each kind as are copied at once. */
  readonly block: Block;
}

function updateVariable<Attrs>(
  core: Core,
  { update }: UpdateRule<Attrs>,
  { old, values, attrs, block }: VariableUpdate<Attrs>,
): void {
  const size = old[0]!.length;
  const staged = old.map(
    (_, i) => new Float32Array(core.memory.buffer, block.address + 4 * atOnce * i, atOnce),
  );
  const addresses = staged.map(({ byteOffset }) => byteOffset);
  for (let start = 0; start < size; start += atOnce) {
    const end = Math.min(start + atOnce, size);
    for (const [i, numbers] of old.entries()) staged[i]!.set(numbers.subarray(start, end));
    update(core, [...addresses, Math.ceil((end - start) / 4) * 16], attrs);
    for (const [i, result] of values.entries()) {
      result.set(staged[i]!.subarray(0, end - start), start);
    }
  }
}
