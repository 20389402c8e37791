import type { TensorInfo } from '@tensorflow/tfjs-core';
import { CoreResult } from '../core/core-result.js';
import { SharedBlock } from '../core/shared-block.js';
import type { Host } from '../host.js';
import { lateResultOf, lateTensor } from '../late-tensor.js';
import { numbersOf } from '../numbers-of.js';
import { Region } from '../sequence/region.js';
import { sizeOf } from '../size-of.js';
import { stage } from '../sequence/weights.js';
import type { Core } from '../core/core.js';

/** A variable with its slots, and its gradient: what is updated, in the order in which the kernel gives it. */
export interface VariableTensors {
  readonly targets: readonly TensorInfo[];
  readonly gradient: TensorInfo;
}

interface LateUpdateOptions {
  readonly core: Core;
  readonly host: Host;
  readonly variables: readonly VariableTensors[];
  /** Updates a variable in place, as {@link UpdateRule.update} does. */
  readonly update: (places: readonly number[]) => void;
}

/** Numbers of all variables up to which an update waits: those of larger ones take longer to copy than a pass. */
const mostNumbers = 2 ** 18;

/**
 * Whether an update should wait: a pass that other threads still work on gives one of the gradients. Then
 * the caller goes on, until somebody looks at a variable.
 */
export function shouldWait(variables: readonly VariableTensors[]): boolean {
  const pending = variables.some(({ gradient }) => lateResultOf(gradient) instanceof CoreResult);
  const numbers = variables.reduce((sum, { gradient }) => sum + sizeOf(gradient.shape), 0);
  return pending && numbers <= mostNumbers;
}

/** The kernel's results, from copies of what it was given; tensors may be gone when they are computed. */
export function updateLater({ core, host, variables, update }: LateUpdateOptions): TensorInfo[] {
  const region = new Region();
  const gradients = variables.map(({ gradient }) => lateResultOf(gradient));
  const places = variables.map(({ targets, gradient }, i) => {
    const bytes = 4 * sizeOf(gradient.shape);
    return {
      bytes,
      targets: targets.map(() => region.add(bytes)),
      gradient: gradients[i] instanceof CoreResult ? undefined : region.add(bytes),
    };
  });
  const pending = gradients.filter((gradient) => gradient instanceof CoreResult);
  const beneath = new Set(pending.map((gradient) => gradient.memory));
  const memory = new SharedBlock(core.arena, region.size, [...beneath]);
  const { address } = memory;
  try {
    const updates = variables.map(({ targets, gradient }, i) => {
      const place = places[i]!;
      for (const [j, target] of targets.entries()) {
        stage(core, numbersOf(host, target), address + place.targets[j]!);
      }
      if (place.gradient !== undefined) {
        stage(core, numbersOf(host, gradient), address + place.gradient);
      }
      const from =
        place.gradient === undefined
          ? (gradients[i] as CoreResult).address
          : address + place.gradient;
      const words = Math.ceil(place.bytes / 16) * 16;
      return [...place.targets.map((target) => address + target), from, words];
    });
    let updated = false;
    const settle = (): void => {
      if (updated) return;
      for (const gradient of pending) gradient.settle();
      updated = true;
      for (const numbers of updates) update(numbers);
      // The gradients are needed no longer, while what they have made may be for long.
      memory.standAlone();
    };
    return variables.flatMap(({ targets }, i) =>
      targets.map(({ shape }, j) => {
        const at = address + places[i]!.targets[j]!;
        return lateTensor(host, new CoreResult({ core, memory, shape, address: at, settle }));
      }),
    );
  } finally {
    memory.letGo();
  }
}
