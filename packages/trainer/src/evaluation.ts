import { clone, dispose, type Scalar, Tensor } from '@tensorflow/tfjs-core';

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

/**
 * Asserts that a model gave scalars, and gives clones of them: a metric may be a variable, or part of the
 * batch, which has an owner.
 *
 * @throws TypeError if something is no scalar
 */
export function ownEvaluation(evaluation: Partial<Evaluation> | undefined): Required<Evaluation> {
  const { loss, metrics = {} } = evaluation ?? {};
  const scalars = { loss, ...metrics };
  for (const [name, value] of Object.entries(scalars)) {
    if (value instanceof Tensor && value.rank === 0) continue;
    const got = value instanceof Tensor ? `shape [${value.shape.join(', ')}]` : typeof value;
    throw new TypeError(`train: evaluate: ${name}: expected a scalar, got ${got}`);
  }
  return {
    loss: clone(loss as Scalar),
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, clone(value)]),
    ),
  };
}

/** Reads an evaluation's scalars, without stalling a GPU, and disposes them. */
export async function readEvaluation({
  loss,
  metrics = {},
}: Evaluation): Promise<EvaluationNumbers> {
  try {
    const names = Object.keys(metrics);
    const scalars = [loss, ...Object.values(metrics)];
    const values = await Promise.all(scalars.map((scalar) => scalar.data()));
    return {
      loss: values[0]![0]!,
      metrics: Object.fromEntries(names.map((name, i) => [name, values[i + 1]![0]!])),
    };
  } finally {
    dispose([loss, ...Object.values(metrics)]);
  }
}
