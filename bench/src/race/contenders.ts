import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ModelSpec } from '../models.ts';

/** Something that trains a model in a process of its own. */
export interface ContenderSpec {
  readonly name: string;
  readonly title: string;
  readonly kind: 'composed' | 'product' | 'tensorflow' | 'tf.layers' | 'torch' | 'unroll';
  readonly threads: number;
  /** Of TensorFlow.js. */
  readonly backend?: 'cpu' | 'tensorflow' | 'wasm';
  readonly program: string;
  readonly variant: string;
  /** Of its process, besides that of the race. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether V8 may join vectors to wider ones. */
  readonly wide?: true;
  /** Whether it is sensible for a model. */
  readonly fits?: (model: ModelSpec) => boolean;
}

/** As many as the machine has cores, and no more than rnn-kernels would take. */
export const threads = Math.min(availableParallelism(), 8);

const onThreads = `${threads} thread${threads === 1 ? '' : 's'}`;

function unroll(backend: 'cpu' | 'tensorflow' | 'wasm', count = threads): ContenderSpec {
  const program = javascript('unroll');
  const suffix = count === threads ? '' : `-${count}`;
  const where = backend === 'tensorflow' ? backend : `${backend}, ${count} thread`;
  const title = `Unroll, ${where}${backend !== 'tensorflow' && count > 1 ? 's' : ''}`;
  const name = `unroll-${backend}${suffix}`;
  return { name, title, kind: 'unroll', threads: count, backend, program, variant: backend };
}

/** With `wideVectors`. */
function wide(spec: ContenderSpec): ContenderSpec {
  const { name, title, variant } = spec;
  return {
    ...spec,
    name: `${name}-wide`,
    title: `${title}, wide vectors`,
    variant: `${variant} wide`,
    wide: true,
  };
}

function composed(backend: 'tensorflow' | 'wasm'): ContenderSpec {
  return {
    name: `composed-${backend}`,
    title: `Unroll without kernels, ${backend}`,
    kind: 'composed',
    threads,
    backend,
    program: javascript('unroll'),
    variant: `${backend} composed`,
  };
}

function layers(backend: 'cpu' | 'tensorflow' | 'wasm'): ContenderSpec {
  const program = javascript('layers');
  const name = `layers-${backend}`;
  const title = `tf.layers, ${backend}`;
  return { name, title, kind: 'tf.layers', threads, backend, program, variant: backend };
}

function tensorflow(loop: 'dynamic' | 'static', interOp: number): ContenderSpec {
  return {
    name: `tensorflow-${loop}-${interOp}`,
    title: `TensorFlow, ${loop}_rnn, ${interOp} inter-op`,
    kind: 'tensorflow',
    threads,
    program: python('tensorflow'),
    variant: `${loop} ${interOp}`,
    // A graph of as many cells as steps: not for hundreds of them.
    ...(loop === 'static' ? { fits: ({ time }: ModelSpec) => time <= 100 } : {}),
  };
}

const passive = { OMP_WAIT_POLICY: 'PASSIVE' };

/**
 * Its threads spin for a while before they sleep, or not: on few cores, spinning may get in the way. And it
 * computes with denormal numbers, which are slow, or flushes them to zero, as TensorFlow does.
 */
function torch(
  name: string,
  how: string,
  environment: Readonly<Record<string, string>>,
  variant: '' | 'flush' = '',
): ContenderSpec {
  const program = python('torch');
  return {
    name,
    title: `PyTorch, ${how}`,
    kind: 'torch',
    threads,
    program,
    variant,
    environment,
  };
}

export const contenders: readonly ContenderSpec[] = [
  unroll('wasm'),
  wide(unroll('wasm')),
  ...(threads > 1 ? [unroll('wasm', 1)] : []),
  unroll('cpu'),
  unroll('tensorflow'),
  composed('wasm'),
  composed('tensorflow'),
  layers('wasm'),
  layers('cpu'),
  layers('tensorflow'),
  ...[1, ...(threads > 1 ? [threads] : [])].flatMap((interOp) => [
    tensorflow('dynamic', interOp),
    tensorflow('static', interOp),
  ]),
  torch('torch-default', onThreads, {}),
  torch('torch-passive', `${onThreads}, passive`, passive),
  torch('torch-flush', `${onThreads}, passive, flushing`, passive, 'flush'),
];

function product(count: number): ContenderSpec {
  const program = javascript('product');
  const name = `product-${count}`;
  return { name, title: name, kind: 'product', threads: count, program, variant: '' };
}

/** The measure of a contender: a plain product on the same threads, by the same vectors. */
export function measureOf({ threads: count, wide: isWide }: ContenderSpec): ContenderSpec {
  return isWide ? wide(product(count)) : product(count);
}

function javascript(name: string): string {
  return fileURLToPath(new URL(`../javascript/${name}-contender.ts`, import.meta.url));
}

function python(name: string): string {
  return fileURLToPath(new URL(`../../python/${name}_contender.py`, import.meta.url));
}
