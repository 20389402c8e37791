import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { LateNumbers } from './late-numbers.js';

/** A result that a kernel fills in. */
interface HostOutput {
  readonly info: TensorInfo;
  readonly values: Float32Array;
}

/** How a kernel reaches the numbers of a backend that keeps them in the program's own memory. */
export interface Host {
  /** The numbers of a float32 tensor, to be read before the next output is made. */
  floats(tensor: TensorInfo): Float32Array;
  /** The numbers of an int32 tensor, to be read before the next output is made. */
  integers(tensor: TensorInfo): Int32Array;
  /** A new float32 tensor. Its `values` are good until the next one is made. */
  output(shape: readonly number[]): HostOutput;
  /** A new float32 tensor whose numbers are computed when somebody looks at them, which may be never. */
  lateOutput(shape: readonly number[], numbers: LateNumbers): TensorInfo;
}

/** Gives the host of the backend that a kernel is called with, the same one each time. */
export type HostOf = (backend: unknown) => Host;

/** Makes a host for each backend, once. */
export function hostsBy(make: (backend: unknown) => Host): HostOf {
  const hosts = new WeakMap<object, Host>();
  return (backend) => {
    const known = hosts.get(backend as object);
    if (known !== undefined) return known;
    const host = make(backend);
    hosts.set(backend as object, host);
    return host;
  };
}
