import type { ActivationName } from '@unroll/rnn-cells';

/** An activation over the numbers `from` to `to` of an array, in place. */
export interface CPUActivation {
  /** `z = act(z)` */
  readonly forward: (z: Float32Array, from: number, to: number) => void;
  /** `dz = dz * act'`, where `y` is what the activation gave. */
  readonly backward: (dz: Float32Array, y: Float32Array, from: number, to: number) => void;
}

export const cpuActivations: Readonly<Record<ActivationName, CPUActivation>> = {
  linear: {
    forward: () => {},
    backward: () => {},
  },
  relu: {
    forward(z, from, to) {
      for (let i = from; i < to; i++) if (z[i]! < 0) z[i] = 0;
    },
    backward(dz, y, from, to) {
      // A factor, as in TensorFlow, so that a NaN from above is not lost.
      for (let i = from; i < to; i++) dz[i]! *= y[i]! > 0 ? 1 : 0;
    },
  },
  sigmoid: {
    forward(z, from, to) {
      for (let i = from; i < to; i++) z[i] = 1 / (1 + Math.exp(-z[i]!));
    },
    backward(dz, y, from, to) {
      for (let i = from; i < to; i++) dz[i] = dz[i]! * y[i]! * (1 - y[i]!);
    },
  },
  tanh: {
    forward(z, from, to) {
      for (let i = from; i < to; i++) z[i] = Math.tanh(z[i]!);
    },
    backward(dz, y, from, to) {
      for (let i = from; i < to; i++) dz[i] = dz[i]! * (1 - y[i]! * y[i]!);
    },
  },
};
