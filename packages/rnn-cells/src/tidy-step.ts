import { type Tensor2D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';

/**
 * `tidy` for a step of a cell: all that stays is the output and the next state.
 *
 * @param scope - what a picture of the graph names the step by
 */
export function tidyStep<State>(
  scope: string,
  step: () => [output: Tensor2D, nextState: State],
): [output: Tensor2D, nextState: State] {
  return tidy(scope, step as () => [Tensor2D, State] & TensorContainer);
}
