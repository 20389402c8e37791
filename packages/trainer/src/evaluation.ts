import { dispose, type Scalar } from '@tensorflow/tfjs-core';

/** What a model makes of one batch. */
export interface Evaluation {
  /** What the optimizer minimises. */
  readonly loss: Scalar;
  /** Looked at, not minimised: `{ accuracy }`. */
  readonly metrics?: Readonly<Record<string, Scalar>>;
}

/** The numbers of an evaluation. */
export interface EvaluationNumbers {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Reads an evaluation's scalars, without stalling a GPU, and disposes them. */
export async function readEvaluation({
  loss,
  metrics = {},
}: Evaluation): Promise<EvaluationNumbers> {
  try {
    const names = Object.keys(metrics);
    const values = await Promise.all(
      [loss, ...Object.values(metrics)].map((scalar) => scalar.data()),
    );
    return {
      loss: values[0]![0]!,
      metrics: Object.fromEntries(names.map((name, i) => [name, values[i + 1]![0]!])),
    };
  } finally {
    dispose([loss, ...Object.values(metrics)]);
  }
}
