import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { traceGraph, type TraceGraphOptions } from '@unroll/tensorboard-writer/trace';
import { MemorySink } from './memory-sink.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

afterEach(() => {
  tf.engine().disposeVariables();
});

/** The nodes of a trace, each as `name = op(inputs)`. */
function nodesOf(body: () => tf.TensorContainer, options?: TraceGraphOptions): string[] {
  return traceGraph(body, options).nodes.map(
    ({ name, op, inputs = [] }) => `${name} = ${op}(${inputs.join(', ')})`,
  );
}

describe('traceGraph', () => {
  test('makes a node of each kernel, variable, input and constant, with shapes and types', () => {
    const x = tf.ones([7, 4]);
    const kernel = tf.variable(tf.ones([4, 3]));
    const { nodes } = traceGraph(() => tf.add(tf.matMul(x, kernel), tf.tensor1d([1, 2, 3])), {
      inputs: { x },
      variables: { 'dense/kernel': kernel },
      batchSize: 7,
    });
    const float = { dtype: 'float32' };
    const batch = { shape: [null, 3] };
    expect(nodes).toEqual([
      {
        name: 'x',
        op: 'Placeholder',
        inputs: [],
        attributes: {
          dtype: float,
          shape: { shape: [null, 4] },
          _output_shapes: [{ shape: [null, 4] }],
        },
      },
      {
        name: 'dense/kernel',
        op: 'VariableV2',
        inputs: [],
        attributes: {
          dtype: float,
          shape: { shape: [4, 3] },
          _output_shapes: [{ shape: [4, 3] }],
        },
      },
      {
        name: 'MatMul',
        op: 'MatMul',
        inputs: ['x', 'dense/kernel'],
        attributes: { T: float, transpose_a: false, transpose_b: false, _output_shapes: [batch] },
      },
      {
        name: 'Const',
        op: 'Const',
        inputs: [],
        attributes: {
          dtype: float,
          value: { tensor: { dtype: 'float32', shape: [3], values: [1, 2, 3] } },
          _output_shapes: [{ shape: [3] }],
        },
      },
      {
        name: 'Add',
        op: 'AddV2',
        inputs: ['MatMul', 'Const'],
        attributes: { T: float, _output_shapes: [batch] },
      },
    ]);
    tf.dispose([x, kernel]);
  });

  test('numbers nodes of one name, and tells the outputs of a node apart', () => {
    const x = tf.ones([4, 2]);
    expect(
      nodesOf(() => {
        const [a, b] = tf.split(x, 2) as [tf.Tensor, tf.Tensor];
        return tf.mul(tf.exp(a), tf.exp(b));
      }),
    ).toEqual([
      'Const = Const()',
      'SplitV = SplitV(Const)',
      'Exp = Exp(SplitV)',
      'Exp_1 = Exp(SplitV:1)',
      'Mul = Mul(Exp, Exp_1)',
    ]);
    x.dispose();
  });

  test('makes a group of each named tidy, another each time', () => {
    const x = tf.scalar(1);
    const twice = (): tf.Tensor => tf.tidy('twice', () => tf.add(x, tf.exp(x)));
    expect(
      nodesOf(() => tf.tidy('outer scope', () => tf.mul(twice(), twice())), { inputs: { x } }),
    ).toEqual([
      'x = Placeholder()',
      'outer_scope/twice/Exp = Exp(x)',
      'outer_scope/twice/Add = AddV2(x, outer_scope/twice/Exp)',
      'outer_scope/twice_1/Exp = Exp(x)',
      'outer_scope/twice_1/Add = AddV2(x, outer_scope/twice_1/Exp)',
      'outer_scope/Mul = Mul(outer_scope/twice/Add, outer_scope/twice_1/Add)',
    ]);
    x.dispose();
  });

  test('makes a group of an op only where several kernels are in it', () => {
    const x = tf.tensor1d([1, 2]);
    const names = traceGraph(() => [tf.tanh(x), tf.logSumExp(x)]).nodes.map(({ name }) => name);
    expect(names.filter((name) => !name.includes('Const'))).toEqual([
      'Tanh',
      'logSumExp/Max',
      'logSumExp/Sub',
      'logSumExp/Exp',
      'logSumExp/Sum',
      'logSumExp/Log',
      'logSumExp/Reshape',
      'logSumExp/Add',
    ]);
    x.dispose();
  });

  test('does not name groups after what is around the trace', () => {
    const x = tf.scalar(1);
    expect(tf.tidy('around', () => nodesOf(() => tf.exp(x)))).toEqual([
      'Const = Const()',
      'Exp = Exp(Const)',
    ]);
    x.dispose();
  });

  test('puts a backward pass in gradients, by the node that is differentiated', () => {
    const x = tf.ones([2, 4]);
    const kernel = tf.variable(tf.ones([4, 3]), true, 'dense/kernel');
    const loss = (): tf.Scalar =>
      tf.tidy('loss', () => tf.sum<tf.Scalar>(tf.tanh(tf.matMul(x, kernel))));
    const nodes = nodesOf(() => tf.variableGrads(loss).grads, { inputs: { x } });
    expect(nodes.filter((node) => !node.includes('= Const'))).toEqual([
      'x = Placeholder()',
      'dense/kernel = VariableV2()',
      'loss/MatMul = MatMul(x, dense/kernel)',
      'loss/Tanh = Tanh(loss/MatMul)',
      'loss/Sum = Sum(loss/Tanh)',
      'gradients/loss/Sum_grad/Reshape = Reshape(gradients/Const)',
      'gradients/loss/Sum_grad/Mul = Mul(gradients/loss/Sum_grad/Reshape, gradients/loss/Sum_grad/Const)',
      'gradients/loss/Tanh_grad/Square = Square(loss/Tanh)',
      'gradients/loss/Tanh_grad/Sub = Sub(gradients/loss/Tanh_grad/Const, gradients/loss/Tanh_grad/Square)',
      'gradients/loss/Tanh_grad/Mul = Mul(gradients/loss/Tanh_grad/Sub, gradients/loss/Sum_grad/Mul)',
      'gradients/loss/MatMul_grad/MatMul = MatMul(x, gradients/loss/Tanh_grad/Mul)',
    ]);
    x.dispose();
  });

  test('sees into custom gradients, forward and backward', () => {
    const x = tf.scalar(3);
    const square = tf.customGrad((...args) => {
      const [a, save] = args as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
      save([a]);
      return { value: tf.square(a), gradFunc: (dy, [saved]) => tf.mul(dy, saved!) };
    });
    expect(nodesOf(() => tf.grad((y) => square(y))(x), { inputs: { x } })).toEqual([
      'x = Placeholder()',
      'Square = Square(x)',
      'gradients/Const = Const()',
      'gradients/Square_grad/Mul = Mul(gradients/Const, x)',
    ]);
    x.dispose();
  });

  test('takes a clone, and a variable however often it is assigned, for what it is of', () => {
    const w = tf.variable(tf.scalar(1), true, 'w');
    expect(
      nodesOf(() => {
        w.assign(tf.exp(tf.clone(w)));
        return tf.neg(w);
      }),
    ).toEqual(['w = VariableV2()', 'Exp = Exp(w)', 'Assign = Assign(w, Exp)', 'Neg = Neg(w)']);
  });

  test('names variables that have no name where they are used, and others without what a name cannot have', () => {
    const unnamed = tf.variable(tf.scalar(1));
    const odd = tf.variable(tf.scalar(1), true, '_a layer: w');
    expect(nodesOf(() => tf.tidy('sum', () => tf.add(unnamed, odd)))).toEqual([
      'sum/Variable = VariableV2()',
      'a_layer__w = VariableV2()',
      'sum/Add = AddV2(sum/Variable, a_layer__w)',
    ]);
  });

  test('keeps the names of inputs and variables, whatever is computed before they are used', () => {
    const Exp = tf.scalar(1);
    const Neg = tf.variable(tf.scalar(1), true, 'Neg');
    expect(nodesOf(() => tf.add(tf.neg(tf.exp(Exp)), Neg), { inputs: { Exp } })).toEqual([
      'Exp = Placeholder()',
      'Exp_1 = Exp(Exp)',
      'Neg_1 = Neg(Exp_1)',
      'Neg = VariableV2()',
      'Add = AddV2(Neg_1, Neg)',
    ]);
    Exp.dispose();
  });

  test('leaves out the values of large constants, and of those from outside', () => {
    const outside = tf.scalar(5);
    const { nodes } = traceGraph(() => [
      tf.neg(tf.ones([17])),
      tf.neg(tf.ones([16])),
      tf.neg(outside),
    ]);
    const values = nodes
      .filter(({ op }) => op === 'Const')
      .map(({ attributes = {} }) => (attributes['value'] as { tensor: object }).tensor);
    expect(values).toEqual([
      { dtype: 'float32', shape: [17] },
      { dtype: 'float32', shape: [16], values: Array.from({ length: 16 }, () => 1) },
      { dtype: 'float32', shape: [] },
    ]);
    outside.dispose();
  });

  test('tells time and memory of each kernel, under the names of their nodes', () => {
    const x = tf.ones([3, 5]);
    const { nodes, stats } = traceGraph(() => tf.greater(tf.exp(x), 1));
    expect(stats).toEqual([
      {
        name: 'Exp',
        startMicros: expect.any(Number) as number,
        micros: expect.any(Number) as number,
        bytes: 60,
        outputs: [{ dtype: 'float32', shape: [3, 5] }],
      },
      expect.objectContaining({
        name: 'Greater',
        bytes: 15,
        outputs: [{ dtype: 'bool', shape: [3, 5] }],
      }),
    ]);
    for (const { micros } of stats) expect(micros).toBeGreaterThan(0);
    expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['Exp', 'Greater']));
    x.dispose();
  });

  test('makes what a SummaryWriter takes', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const x = tf.ones([2, 3, 4]);
    const { nodes, stats } = traceGraph(() => {
      const images = tf.reshape(x, [2, 3, 4, 1]);
      const pooled = tf.maxPool(images as tf.Tensor4D, 2, 1, 'same');
      return tf.topk(tf.reshape(tf.cast(pooled, 'int32'), [2, -1]), 2);
    });
    writer.graph(nodes);
    writer.runMetadata('step', stats, 0);
    await writer.close();
    expect(sink.writes.length).toBeGreaterThan(0);
    x.dispose();
  });
});
