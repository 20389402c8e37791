import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { traceGraph } from '@unroll/tensorboard-writer/trace';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

afterEach(() => {
  tf.engine().disposeVariables();
});

describe('a function that is traced', () => {
  test('computes with real values', () => {
    let seen: ArrayLike<number> = [];
    traceGraph(() => {
      seen = tf.mul(tf.tensor1d([1, 2]), 3).dataSync();
      return [];
    });
    expect([...(seen as Float32Array)]).toEqual([3, 6]);
  });

  test('leaves no tensor, and variables as they were', () => {
    const w = tf.variable(tf.tensor1d([1, 2]), true, 'w');
    const before = tf.memory();
    const step = () => {
      const { value, grads } = tf.variableGrads(() => tf.sum<tf.Scalar>(tf.square(w)));
      w.assign(tf.sub(w, grads['w']!));
      w.assign(tf.sub(w, 1));
      return value;
    };
    for (let i = 0; i < 3; i++) traceGraph(step);
    expect(tf.memory()).toEqual(before);
    expect([...w.dataSync()]).toEqual([1, 2]);
  });

  test('may dispose a variable that it has assigned', () => {
    const { numTensors } = tf.memory();
    traceGraph(() => {
      const w = tf.variable(tf.scalar(1));
      w.assign(tf.scalar(2));
      w.dispose();
      return [];
    });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('that throws leaves no tensor, variables as they were, and nothing traced after it', () => {
    const w = tf.variable(tf.scalar(1), true, 'w');
    const before = tf.memory();
    const fail = () => {
      w.assign(tf.add(w, 1));
      throw new RangeError('no more');
    };
    expect(() => traceGraph(fail)).toThrow(new RangeError('no more'));
    expect(tf.memory()).toEqual(before);
    expect(w.dataSync()[0]).toBe(1);
    for (const method of ['runKernel', 'makeTensor', 'addTapeNode']) {
      expect(Object.hasOwn(tf.engine(), method)).toBe(false);
    }
    w.assign(tf.scalar(4));
    expect(w.dataSync()[0]).toBe(4);
  });

  test('is not there for others who wrap the engine: their wrapper is put back', () => {
    const engine = tf.engine();
    const { runKernel } = engine;
    const names: string[] = [];
    engine.runKernel = function counted(this: typeof engine, name, ...rest) {
      names.push(name);
      return runKernel.call(this, name, ...rest) as never;
    };
    const wrapper = engine.runKernel;
    try {
      traceGraph(() => tf.exp(1));
      expect(engine.runKernel).toBe(wrapper);
      expect(names).toEqual(['Exp']);
    } finally {
      delete (engine as { runKernel?: unknown }).runKernel;
    }
  });

  test('must not trace, nor return a promise', () => {
    const { numTensors } = tf.memory();
    expect(() => traceGraph(() => traceGraph(() => tf.exp(1)).nodes.length)).toThrow(
      new Error('traceGraph: expected no trace within a trace, got one'),
    );
    const later = (async () => tf.exp(1)) as unknown as () => tf.Tensor;
    expect(() => traceGraph(later)).toThrow(
      new TypeError('traceGraph: body: expected a synchronous function, got a promise'),
    );
    expect(traceGraph(() => tf.exp(1)).nodes).toHaveLength(2);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
