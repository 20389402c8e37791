import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Runs `body` as if a backend did not have these kernels. */
export function withoutKernels<Result>(
  names: readonly string[],
  backend: string,
  body: () => Result,
): Result {
  const kernels = names.map((name) => getKernel(name, backend));
  for (const name of names) unregisterKernel(name, backend);
  try {
    return body();
  } finally {
    for (const kernel of kernels) registerKernel(kernel);
  }
}
