import {
  dispose,
  keep,
  type Scalar,
  type Tensor,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { Evaluation } from './evaluation.js';
import type { NamedVariables, Optimizer } from './optimizers/optimizer.js';

export interface TrainStepOptions {
  /** What is updated, by name. */
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
 * @returns loss and metrics from before the update; the caller owns them
 * @throws Error if the loss does not depend on any of the variables
 */
export function trainStep({ variables, optimizer, evaluate }: TrainStepOptions): Evaluation {
  const kept: Record<string, Scalar> = {};
  try {
    const loss = tidy(() => {
      const { value, grads } = variableGrads(() => {
        const { loss: forward, metrics = {} } = evaluate();
        for (const [name, metric] of Object.entries(metrics)) kept[name] = keep(metric);
        return forward;
      }, Object.values(variables));
      const gradients: Record<string, Tensor> = {};
      for (const [name, weight] of Object.entries(variables)) {
        const gradient = grads[weight.name];
        if (gradient !== undefined) gradients[name] = gradient;
      }
      optimizer.applyGradients(variables, gradients);
      return value;
    });
    return { loss, metrics: kept };
  } catch (error) {
    dispose(kept);
    throw error;
  }
}
