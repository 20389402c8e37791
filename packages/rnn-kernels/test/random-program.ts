import {
  add,
  addN,
  clone,
  customGrad,
  getBackend,
  grads,
  keep,
  memory,
  mul,
  profile,
  reshape,
  type Scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN, type RNNCell } from '@unroll/rnn-cells';
import { denseSparseSoftmaxCrossEntropy, trainStep } from '@unroll/trainer';
import { sharedEngine } from '../src/core/shared-engine.js';
import { ready } from '../src/wasm.js';
import { noise, statesOf } from './cell-results.js';
import { digest } from './digest.js';
import { lookWays } from './look-ways.js';
import { randomOf } from './random-of.js';
import { batch, classes, inputSize, kernelInitializer, networks, time } from './random-networks.js';
import { optimizers } from './random-optimizers.js';

/** Both are there already, so that it has happened when this returns. */
async function changeBackends(): Promise<void> {
  await setBackend(getBackend() === 'cpu' ? 'wasm' : 'cpu');
}

/** The same, but on the way back. */
const failing = customGrad((x) => ({
  value: clone(x as Tensor),
  gradFunc: () => {
    throw new Error('on the way back');
  },
}));

/** Networks that share nothing but the core, and what a program keeps of them. */
export class RandomProgram {
  readonly #random: () => number;
  readonly #log: string[] = [];
  readonly #kept: Tensor[] = [];
  readonly #cells = networks.map((make) => make());
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
    const first = dynamicRNN(cell, inputs, options);
    const { outputs, finalState } =
      this.#random() < 0.8
        ? first
        : dynamicRNN(cell, inputs, { ...options, initialState: first.finalState });
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
    gradients: () => this.#differentiate(() => {}),
    'gradients while the backend changes': () => this.#differentiate(() => changeBackends()),
    'gradients while a weight is assigned': () =>
      this.#differentiate((cell) => {
        const weight = this.#pick(cell.trainableVariables);
        weight.assign(mul(weight, 0.9));
      }),
    train: () => this.#train(),
    'train again': () => this.#train(),
    'fail in the middle': () => {
      const cell = this.#pick(this.#cells);
      const evaluate = () => {
        const outputs = this.#forward(cell, this.#inputs())[0]!;
        if (this.#random() < 0.5) throw new Error('in the middle');
        return { loss: sum(failing(outputs)) as Scalar };
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
        const way = this.#pick(lookWays);
        const other = this.#pick(this.#kept);
        return way(one.rank === 0 ? reshape(one, [1]) : one, other);
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
    'look at the kernels': async () => {
      const cell = this.#pick(this.#cells);
      await profile(() =>
        this.#keep(...(tidy(() => this.#forward(cell, this.#inputs())) as Tensor[])),
      );
    },
    'begin anew': () => {
      if (this.#random() < 0.5) return;
      const at = Math.floor(this.#random() * this.#cells.length);
      this.#cells[at]!.dispose();
      this.#cells[at] = networks[at]!();
      for (const optimizer of this.#optimizers[at]!) optimizer.dispose();
    },
    'change threads': async () => {
      if (this.#random() < 0.5) return;
      const threads = 1 + Math.floor(this.#random() * 3);
      const wideVectors = this.#random() < 0.3;
      if (this.#random() < 0.5) await ready({ threads, wideVectors });
      else {
        const change = ready({ threads, wideVectors });
        this.#log.push(`${sharedEngine()!.threads.count}`);
        await change;
      }
    },
    'change backends': async () => {
      if (this.#random() < 0.3) await changeBackends();
    },
  };

  /** Gradients, and what they are computed of. */
  #differentiate(meanwhile: (cell: RNNCell<unknown>) => Promise<unknown> | void): void {
    const cell = this.#pick(this.#cells);
    const results = tidy(() => {
      const inputs = this.#inputs();
      const kept: Tensor[] = [];
      const loss = (): Scalar => {
        const made = this.#forward(cell, inputs);
        for (const tensor of made) kept.push(keep(clone(tensor)));
        void meanwhile(cell);
        return this.#loss(made);
      };
      const by = [...cell.trainableVariables, ...(this.#random() < 0.5 ? [inputs] : [])];
      return [...grads(loss)(by as Tensor[]), ...kept];
    });
    this.#keep(...results);
  }

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
