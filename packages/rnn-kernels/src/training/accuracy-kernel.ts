import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { Accuracy } from '@unroll/trainer';
import { numbersOf } from '../numbers-of.js';
import { largestOfRow } from './largest-of-row.js';
import { makeOutputs, settle } from './make-outputs.js';
import type { TrainingContext } from './training-context.js';

/** `Accuracy` in one pass over the logits. */
export function accuracyKernel({ backendName, hostOf }: TrainingContext): KernelConfig {
  return {
    kernelName: Accuracy,
    backendName,
    kernelFunc({ inputs, backend }) {
      const host = hostOf(backend);
      const { labels, logits } = inputs as Readonly<Record<'labels' | 'logits', TensorInfo>>;
      settle(host, [logits]);
      const share = shareOfHits(host.integers(labels), numbersOf(host, logits));
      const { infos, values } = makeOutputs(host, [[]]);
      values[0]![0] = share;
      return infos[0]!;
    },
  };
}

function shareOfHits(labels: Int32Array, logits: Float32Array): number {
  const classes = logits.length / labels.length;
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    if (largestOfRow(logits, start, classes) === start + labels[row]!) hits += 1;
  }
  return hits / labels.length;
}
