import {
  add,
  addN,
  clone,
  concat,
  getBackend,
  grads,
  keep,
  memory,
  mul,
  reshape,
  type Scalar,
  setBackend,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import {
  BasicLSTMCell,
  BasicRNNCell,
  dynamicRNN,
  glorotUniform,
  GRUCell,
  MultiRNNCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import {
  adam,
  clipByGlobalNorm,
  denseSparseSoftmaxCrossEntropy,
  type Optimizer,
  rmsProp,
  trainStep,
} from '@unroll/trainer';
import { sharedEngine } from '../src/core/shared-engine.js';
import { ready } from '../src/wasm.js';
import { noise, statesOf } from './cell-results.js';
import { digest } from './digest.js';
import { randomOf } from './random-of.js';

/** Large enough for threads. */
const [batch, time, inputSize, classes] = [64, 6, 10, 20];

const kernelInitializer = glorotUniform({ seed: 'kernel' });

const optimizers: readonly (() => Optimizer)[] = [
  () => adam({ learningRate: 0.01 }),
  () => rmsProp({ learningRate: 0.01, momentum: 0.5 }),
  () => {
    const optimizer = adam({ learningRate: 0.01 });
    return {
      applyGradients(variables, gradients) {
        optimizer.applyGradients(variables, clipByGlobalNorm(gradients, 0.5).clipped);
      },
      dispose: () => optimizer.dispose(),
    };
  },
  () => ({
    applyGradients(variables, gradients) {
      for (const [name, gradient] of Object.entries(gradients)) {
        variables[name]!.assign(sub(variables[name]!, mul(gradient, 0.001)));
      }
    },
    dispose() {},
  }),
];

/** Two networks that share nothing but the core, and what a program keeps of them. */
export class RandomProgram {
  readonly #random: () => number;
  readonly #log: string[] = [];
  readonly #kept: Tensor[] = [];
  readonly #cells: readonly RNNCell<unknown>[] = [
    new MultiRNNCell([
      new BasicRNNCell({ inputSize, units: 31, kernelInitializer }),
      new GRUCell({ inputSize: 31, units: 22, kernelInitializer, resetAfter: true }),
    ]) as RNNCell<unknown>,
    new MultiRNNCell([
      new GRUCell({ inputSize, units: 26, kernelInitializer }),
      new BasicLSTMCell({ inputSize: 26, units: 24, kernelInitializer }),
    ]) as RNNCell<unknown>,
  ];
  readonly #above = new BasicRNNCell({ inputSize: classes, units: 12, kernelInitializer });
  readonly #optimizers = this.#cells.map(() => optimizers.map((create) => create()));
  #steps = 0;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  /** Takes so many random actions; gives what was seen on the way and in the end. */
  async run(actions: number): Promise<readonly string[]> {
    for (let i = 0; i < actions; i++) {
      const [name, action] = this.#pick(Object.entries(this.#actions));
      await action();
      this.#log.push(
        `${name} ${memory().numTensors} ${memory().numDataBuffers} ${memory().numBytes}`,
      );
      if (this.#kept.length > 60) for (const old of this.#kept.splice(0, 20)) old.dispose();
    }
    for (const tensor of this.#kept.splice(0)) {
      this.#see(tensor);
      tensor.dispose();
    }
    for (const cell of this.#cells) {
      for (const weight of cell.trainableVariables) {
        if (!weight.dataSync().every(Number.isFinite)) throw new Error('a weight is not finite');
        this.#see(weight);
      }
      cell.dispose();
    }
    for (const one of [this.#above, ...this.#optimizers.flat()]) one.dispose();
    return this.#log;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  #see(tensor: Tensor): void {
    this.#log.push(`${tensor.shape.join()} ${digest(tensor.dataSync() as Float32Array)}`);
  }

  #keep(...tensors: readonly Tensor[]): void {
    this.#kept.push(...tensors);
  }

  #inputs(): Tensor3D {
    return noise([batch, time, inputSize], (this.#steps += 1)) as Tensor3D;
  }

  /** Outputs and final states. */
  #forward(cell: RNNCell<unknown>, inputs: Tensor3D): Tensor[] {
    const lengths = Array.from({ length: batch }, (_, b) => (b * 7) % (time + 1));
    const options = this.#random() < 0.3 ? { sequenceLength: lengths } : {};
    const { outputs, finalState } = dynamicRNN(cell, inputs, options);
    const states = (finalState as readonly unknown[]).flatMap((state) => statesOf(state));
    return [outputs, ...states];
  }

  #loss(results: readonly Tensor[]): Scalar {
    // The last one depends on all weights.
    const used = results.filter((_, i) => this.#random() < 0.4 || i === results.length - 1);
    return addN(used.map((one) => sum(square(one)))) as Scalar;
  }

  readonly #actions: Readonly<Record<string, () => Promise<void> | void>> = {
    forward: () => {
      const cell = this.#pick(this.#cells);
      this.#keep(...(tidy(() => this.#forward(cell, this.#inputs())) as Tensor[]));
    },
    gradients: () => {
      const cell = this.#pick(this.#cells);
      const results = tidy(() => {
        const inputs = this.#inputs();
        const kept: Tensor[] = [];
        const loss = (): Scalar => {
          const made = this.#forward(cell, inputs);
          for (const tensor of made) kept.push(keep(clone(tensor)));
          return this.#loss(made);
        };
        const by = [...cell.trainableVariables, ...(this.#random() < 0.5 ? [inputs] : [])];
        return [...grads(loss)(by as Tensor[]), ...kept];
      });
      this.#keep(...results);
    },
    train: () => this.#train(),
    'train again': () => this.#train(),
    'fail in the middle': () => {
      const cell = this.#pick(this.#cells);
      const evaluate = () => {
        this.#forward(cell, this.#inputs());
        throw new Error('in the middle');
      };
      const optimizer = optimizers[3]!();
      const variables = { kernel: cell.trainableVariables[0]! };
      try {
        trainStep({ variables, optimizer, evaluate });
      } catch (error) {
        this.#log.push(String(error));
      }
    },
    'train a classifier': () => this.#keep(...this.#classify()),
    look: () => {
      if (this.#kept.length > 0) this.#see(this.#pick(this.#kept));
    },
    'look by ops': () => {
      if (this.#kept.length === 0) return;
      const one = this.#pick(this.#kept);
      const flat = tidy(() => {
        const way = this.#pick([
          (of: Tensor) => add(of, 1),
          (of: Tensor) =>
            slice(
              of,
              of.shape.map(() => 0),
              of.shape.map((size) => Math.ceil(size / 2)),
            ),
          (of: Tensor) => concat([of, of], 0),
          (of: Tensor) => transpose(clone(of)),
          (of: Tensor) => sum(reshape(of, [-1])),
        ]);
        return way(one.rank === 0 ? reshape(one, [1]) : one);
      });
      this.#see(flat);
      flat.dispose();
    },
    'look later': async () => {
      if (this.#kept.length === 0) return;
      const some = [this.#pick(this.#kept), this.#pick(this.#kept)];
      const all = some.map((one) => clone(one));
      const reads = all.map((one) => one.data());
      for (const one of all) one.dispose();
      for (const values of await Promise.all(reads)) this.#log.push(digest(values));
    },
    alias: () => {
      if (this.#kept.length === 0) return;
      this.#keep(tidy(() => reshape(clone(this.#pick(this.#kept)), [-1])));
    },
    sum: () => {
      if (this.#kept.length === 0) return;
      const { shape } = this.#pick(this.#kept);
      const like = this.#kept.filter((one) => one.shape.join() === shape.join());
      this.#keep(tidy(() => addN(like.length === 1 ? [like[0]!, like[0]!] : like.slice(-3))));
    },
    assign: () => {
      const weight = this.#pick(this.#pick(this.#cells).trainableVariables);
      const like = this.#kept.find((one) => one.shape.join() === weight.shape.join());
      if (like !== undefined && this.#random() < 0.3) tidy(() => weight.assign(clone(like)));
    },
    'look at a weight': () => this.#see(this.#pick(this.#pick(this.#cells).trainableVariables)),
    dispose: () => {
      const at = Math.floor(this.#random() * this.#kept.length);
      for (const tensor of this.#kept.splice(at, 1)) tensor.dispose();
    },
    'change threads': async () => {
      if (this.#random() < 0.5) return;
      const threads = 1 + Math.floor(this.#random() * 3);
      if (this.#random() < 0.5) await ready({ threads });
      else {
        const change = ready({ threads });
        this.#log.push(`${sharedEngine()!.threads.count}`);
        await change;
      }
    },
    'change backends': async () => {
      if (this.#random() < 0.3) await setBackend(getBackend() === 'cpu' ? 'wasm' : 'cpu');
    },
  };

  /** A loss whose data are outputs that wait, and whose logits are another sequence's data: logits and gradients. */
  #classify(): Tensor[] {
    const inputs = this.#inputs();
    const [kernel, bias] = [noise([24, classes], 1) as Tensor2D, noise([classes], 2) as Tensor1D];
    const labels = tensor1d(
      Array.from({ length: batch * time }, (_, i) => i % classes),
      'int32',
    );
    return tidy(() => {
      const all: Tensor[] = [];
      const loss = (data: Tensor): Scalar => {
        const [outputs] = this.#forward(this.#cells[1]!, data as Tensor3D) as [Tensor];
        const rows = reshape(outputs, [batch * time, 24]) as Tensor2D;
        const made = denseSparseSoftmaxCrossEntropy({ inputs: rows, kernel, bias, labels });
        all.push(keep(clone(made.logits)));
        const again = dynamicRNN(this.#above, reshape(made.logits, [batch, time, classes]));
        return add(made.loss, sum(square(again.finalState)));
      };
      const gradients = grads((data) => loss(data!))([inputs, kernel, bias]);
      for (const tensor of [inputs, kernel, bias, labels]) tensor.dispose();
      return [...gradients, ...all];
    });
  }

  #train(): void {
    const at = Math.floor(this.#random() * this.#cells.length);
    const cell = this.#cells[at]!;
    const variables = Object.fromEntries(
      cell.trainableVariables.map((weight, i) => [`${i}`, weight]),
    );
    const inputs = this.#inputs();
    const { loss } = trainStep({
      variables,
      optimizer: this.#pick(this.#optimizers[at]!),
      evaluate: () => ({ loss: this.#loss(this.#forward(cell, inputs)) }),
    });
    inputs.dispose();
    this.#keep(loss);
  }
}
