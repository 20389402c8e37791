import { type Tensor2D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';

/** `tidy` for a step of a cell: all that stays is the output and the next state. */
export function tidyStep<State>(
  step: () => [output: Tensor2D, nextState: State],
): [output: Tensor2D, nextState: State] {
  return tidy(step as () => [Tensor2D, State] & TensorContainer);
}
