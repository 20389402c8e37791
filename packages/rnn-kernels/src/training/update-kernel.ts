import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { HostOf } from '../host.js';
import { makeOutputs } from './make-outputs.js';

/** A variable's numbers. */
type Numbers<Slot extends string> = Readonly<Record<Slot | 'weight', Float32Array>>;

/** How an optimizer updates a variable. */
export interface UpdateRule<Slot extends string, Attrs> {
  readonly kernelName: string;
  /** In the order in which the kernel gives them, after the weight. */
  readonly slots: readonly Slot[];
  /** Fills in the new numbers of a variable from the old ones. */
  readonly update: (next: Numbers<Slot>, old: Numbers<Slot | 'gradient'>, attrs: Attrs) => void;
}

/** The kernel of an optimizer: a pass over the numbers of each variable. */
export function updateKernel<Slot extends string, Attrs extends { readonly count: number }>(
  { kernelName, slots, update }: UpdateRule<Slot, Attrs>,
  backendName: string,
  hostOf: HostOf,
): KernelConfig {
  const targets = ['weight', ...slots] as const;
  return {
    kernelName,
    backendName,
    kernelFunc({ inputs, attrs: given, backend }) {
      const host = hostOf(backend);
      const attrs = given as unknown as Attrs;
      const of = (name: string, i: number): TensorInfo => inputs[`${name}${i}`]!;
      return Array.from({ length: attrs.count }, (_, i) => {
        const shape = of('weight', i).shape;
        const { infos, values } = makeOutputs(
          host,
          targets.map(() => shape),
        );
        const next = Object.fromEntries(targets.map((name, at) => [name, values[at]!]));
        const old = Object.fromEntries(
          [...targets, 'gradient'].map((name) => [name, host.floats(of(name, i))]),
        );
        update(next as Numbers<Slot>, old as Numbers<Slot | 'gradient'>, attrs);
        return infos;
      }).flat();
    },
  };
}
