import type { ModelSpec } from './models.ts';

const gatesOf = { 'basic-rnn': 1, 'basic-lstm': 4, gru: 3 } as const;

/** The shape of a product: `[rows, depth] · [depth, columns]`. */
export interface ProductShape {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/** The product that a model spends most of its time in: one time step of its last layer. */
export function dominantProduct({
  batch,
  cell,
  inputSize,
  layers,
  units,
}: ModelSpec): ProductShape {
  const depth = (layers > 1 ? units : inputSize) + units;
  return { rows: batch, depth, columns: gatesOf[cell] * units };
}

/** Multiplications and additions of a product. */
export function productFlops({ rows, depth, columns }: ProductShape): number {
  return 2 * rows * depth * columns;
}

/** How often a thread does its share before it says that it is done: enough for the start not to count. */
export function productRepeats(shape: ProductShape, threads: number): number {
  return Math.ceil((2e9 * threads) / productFlops(shape));
}

/**
 * Multiplications and additions of a training step's products, the dense layer left out. Forward
 * `2·B·T·(in + units)·gates·units`; as many for the weight gradient; `2·B·T·units·gates·units` for the
 * gradient by the state, and `2·B·T·in·gates·units` by the input above the first layer.
 */
export function stepFlops({
  batch,
  bidirectional,
  cell,
  inputSize,
  layers,
  time,
  units,
}: ModelSpec): number {
  let flops = 0;
  for (let layer = 0; layer < layers; layer++) {
    const rows = batch * time;
    const columns = gatesOf[cell] * units;
    const input = layer === 0 ? inputSize : units;
    flops += 2 * productFlops({ rows, depth: input + units, columns });
    flops += productFlops({ rows, depth: units + (layer === 0 ? 0 : input), columns });
  }
  return bidirectional ? 2 * flops : flops;
}
