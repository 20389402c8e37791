import { relu, sigmoid, tanh, type Tensor2D } from '@tensorflow/tfjs-core';

/** The activations that kernels know by name. */
export type ActivationName = 'linear' | 'relu' | 'sigmoid' | 'tanh';

/** An activation by name, or a function of a tensor `[batch, units]` (which no kernel can fuse). */
export type Activation = ActivationName | ((x: Tensor2D) => Tensor2D);

const functions: Readonly<Record<ActivationName, (x: Tensor2D) => Tensor2D>> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
};

/**
 * The function that an activation stands for.
 *
 * @throws RangeError for a name that is not known
 */
export function activationFunction(
  where: string,
  activation: Activation,
): (x: Tensor2D) => Tensor2D {
  if (typeof activation === 'function') return activation;
  if (!Object.hasOwn(functions, activation)) {
    const names = Object.keys(functions).map((name) => `'${name}'`);
    throw new RangeError(
      `${where}: activation: expected ${names.join(', ')} or a function, got '${activation}'`,
    );
  }
  return functions[activation];
}
