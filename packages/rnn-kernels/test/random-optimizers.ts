import { mul, sub } from '@tensorflow/tfjs-core';
import { adam, clipByGlobalNorm, type Optimizer, rmsProp } from '@unroll/trainer';

/** With kernels whose results may wait, by themselves and after another kernel, and with none. */
export const optimizers: readonly (() => Optimizer)[] = [
  () => adam({ learningRate: 0.01 }),
  () => rmsProp({ learningRate: 0.01, momentum: 0.5 }),
  () => {
    const optimizer = adam({ learningRate: 0.01 });
    return {
      applyGradients(variables, gradients) {
        optimizer.applyGradients(variables, clipByGlobalNorm(gradients, 0.5).clipped);
      },
      dispose: () => optimizer.dispose(),
    };
  },
  () => ({
    applyGradients(variables, gradients) {
      for (const [name, gradient] of Object.entries(gradients)) {
        variables[name]!.assign(sub(variables[name]!, mul(gradient, 0.001)));
      }
    },
    dispose() {},
  }),
];
