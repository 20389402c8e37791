import {
  clone,
  engine,
  keep,
  type Scalar,
  type Tensor,
  type TensorContainer,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { type Evaluation, ownEvaluation } from './evaluation.js';
import type { NamedVariables, Optimizer } from './optimizers/optimizer.js';

export interface TrainStepOptions {
  /** What is updated, by name. A variable that is not trainable stays as it is. */
  readonly variables: NamedVariables;
  readonly optimizer: Optimizer;
  /** Computes loss and metrics of the batch from the variables, by ops that have gradients. */
  readonly evaluate: () => Evaluation;
}

/**
 * One step of training: evaluates, differentiates the loss by every variable, and lets the optimizer
 * update them.
 *
 * @param options - variables, optimizer, the evaluation of one batch
 * @returns loss and metrics from before the update, as scalars of the caller's own
 * @throws RangeError if one variable goes by two names
 * @throws TypeError if loss or a metric is no scalar
 * @throws Error if the loss does not depend on any of the variables, or an op has no gradient
 */
export function trainStep({ variables, optimizer, evaluate }: TrainStepOptions): Evaluation {
  const weights = Object.values(variables);
  if (new Set(weights).size < weights.length) {
    const names = Object.keys(variables).join(', ');
    throw new RangeError(`trainStep: variables: expected each once, got one twice among ${names}`);
  }
  const kept: Scalar[] = [];
  const step = (): Evaluation => {
    let names: readonly string[] = [];
    const { value, grads } = variableGrads(() => {
      const { loss, metrics } = ownEvaluation(evaluate());
      names = Object.keys(metrics);
      // Kept beyond the tidy that TensorFlow.js evaluates in.
      for (const metric of Object.values(metrics)) kept.push(keep(metric));
      return loss;
    }, weights);
    const gradients: Record<string, Tensor> = {};
    for (const [name, weight] of Object.entries(variables)) {
      const gradient = grads[weight.name] as Tensor | null | undefined;
      if (gradient !== null && gradient !== undefined) gradients[name] = gradient;
    }
    optimizer.applyGradients(variables, gradients);
    const metrics = Object.fromEntries(names.map((name, i) => [name, clone(kept[i]!)]));
    return { loss: value, metrics };
  };
  try {
    return tidy(step as () => Evaluation & TensorContainer);
  } catch (error) {
    forgetTape();
    throw error;
  } finally {
    for (const metric of kept) metric.dispose();
  }
}

/** Frees what a gradient that failed had saved for its backward pass; TensorFlow.js does not. */
function forgetTape(): void {
  const { state } = engine();
  if (state.gradientDepth > 0 || !state.activeTape) return;
  for (const node of state.activeTape) for (const tensor of node.saved ?? []) tensor.dispose();
  state.activeTape = [];
}
