import {
  reverse,
  type serialization,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers, type Shape, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kind } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';
import { checkInitialState, checkInputs, unroll } from '../loops/unroll.js';
import { relativeWeights } from '../relative-weights.js';
import type { RNNCell } from '../rnn-cell.js';
import type { CellPair } from './cell-pair.js';
import { layerVariable } from './cell-weight.js';
import { lastOutput } from './last-output.js';
import { checkStateShapes, featuresOf, shapesOf } from './layer-shapes.js';
import { listOf } from './list-of.js';
import { checkInputSize, makeCell } from './make-cell.js';
import { maskLengths } from './mask-lengths.js';
import type { RNNLayerOptions } from './rnn-layer-options.js';
import { loadConfig, saveConfig } from './saved-config.js';
import { listToState, stateSizes, stateToList } from './state-list.js';
import { withoutDropout } from './without-dropout.js';

/** What models pass to all their layers beside the inputs. */
type Kwargs = NonNullable<Parameters<layers.Layer['apply']>[1]>;

/** The layer that {@link rnnLayer} makes. */
export class RNNLayer extends layers.Layer {
  /** By which saved models know the class. */
  static readonly className = 'UnrollRNN';
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly #source: RNNLayerOptions['cell'];
  #pair: CellPair | undefined;

  /** The same as {@link rnnLayer}. */
  constructor(options: RNNLayerOptions) {
    super(options as object);
    const { cell, returnSequences, returnState, goBackwards } = options;
    if (!isRecord(cell) || !('type' in cell || 'className' in cell || 'call' in cell)) {
      throw new TypeError(
        `${this.#where}: cell: expected { type: ... } or a cell object, got ${kind(cell)}`,
      );
    }
    if ((options as { readonly stateful?: unknown }).stateful === true) {
      throw new RangeError(
        `${this.#where}: stateful: expected false, got true (carry the state over with returnState and initialState)`,
      );
    }
    this.#source = isObject(cell) || 'type' in cell ? cell : loadConfig(cell);
    this.returnSequences = returnSequences ?? false;
    this.returnState = returnState ?? false;
    this.goBackwards = goBackwards ?? false;
    this.supportsMasking = true;
  }

  /**
   * The cell whose variables are the weights, as it predicts, for loops outside of tf.layers; undefined
   * until the layer is built. The layer goes on owning it.
   */
  get cell(): RNNCell<unknown> | undefined {
    return this.#pair?.inference;
  }

  /** As many nulls as the state has tensors, which is what `tf.layers.bidirectional` asks for. */
  get states(): readonly null[] {
    return stateSizes(this.#built.inference.stateSize).map(() => null);
  }

  override build(inputShape: Shape | Shape[]): void {
    const pair = this.#makePair(featuresOf(this.#where, shapesOf(inputShape)[0]));
    const trainable = new Set(pair.training.trainableVariables);
    const weights = Object.entries(relativeWeights(pair.training));
    const wrap = (kept: boolean) =>
      weights
        .filter(([, variable]) => trainable.has(variable) === kept)
        .map(([path, variable]) => layerVariable(variable, `${this.name}/${path}`));
    this.#pair = pair;
    this.trainableWeights = wrap(true);
    this.nonTrainableWeights = wrap(false);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [[batch = null, time = null, ...rest]] = shapesOf(inputShape);
    const { outputSize, stateSize } = this.#sizes([batch, time, ...rest]);
    const output = this.returnSequences ? [batch, time, outputSize] : [batch, outputSize];
    if (!this.returnState) return output;
    return [output, ...stateSizes(stateSize).map((size): Shape => [batch, size])];
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const [own = null] = listOf<Tensor | null>(mask);
    const output = this.returnSequences ? own : null;
    return (this.returnState ? [output, ...this.states] : output) as Tensor | Tensor[];
  }

  /**
   * Applies the layer, as in tf.layers.
   *
   * @param inputs - the sequences `[batch, time, features]`, or an array of them and the tensors of the
   * initial state
   * @param kwargs - `initialState`, an array of tensors, where `inputs` is no array; `mask`, bool
   * `[batch, time]`; `training`
   */
  override apply(
    inputs: Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[],
    kwargs?: Kwargs,
  ): Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[] {
    const { initialState, ...others } = kwargs ?? {};
    // A model passes an array, and one and the same kwargs to all layers: a state in there is another's.
    const inModel = Array.isArray(inputs);
    const all = inModel ? inputs : [inputs, ...listOf<Tensor | SymbolicTensor>(initialState)];
    const result = super.apply((all.length === 1 ? all[0] : all) as Tensor[], others);
    // A model sets the mask where there is one, and lets it stand where there is none: ours ends here.
    if (inModel && !this.returnSequences) delete kwargs?.['mask'];
    return result;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const [sequence, ...given] = listOf(inputs);
      const states = given.length > 0 ? given : listOf<Tensor>(kwargs?.['initialState']);
      const [mask] = listOf<Tensor | null>(kwargs?.['mask']);
      const { training, inference } = this.#built;
      const cell = kwargs?.['training'] === true ? training : inference;
      return this.#run(cell, sequence as Tensor3D, { states: states as Tensor2D[], mask });
    });
  }

  #run(
    cell: RNNCell<unknown>,
    inputs: Tensor3D,
    { states, mask }: { states: readonly Tensor2D[]; mask: Tensor | null | undefined },
  ): Tensor | Tensor[] {
    const where = this.#where;
    const { inputSize, stateSize } = cell;
    const bounds = checkInputs(`${where}: inputs`, inputs, { inputSize, timeMajor: false });
    const { batch } = bounds;
    const initialState = states.length === 0 ? undefined : listToState(states, stateSize);
    checkInitialState(`${where}: initialState`, initialState, { cell, batch });
    const options = {
      timeMajor: false,
      reverse: this.goBackwards,
      sequenceLength: mask == null ? null : maskLengths(mask, { where, ...bounds }),
    };
    const result = unroll(cell, inputs, { initialState, batch, ...options });
    const { outputs } = result;
    const output = this.returnSequences
      ? this.goBackwards
        ? reverse(outputs, 1)
        : outputs
      : lastOutput(cell, result, { ...options, initialState });
    if (!this.returnState) return output;
    return [output, ...stateToList(result.finalState, stateSize)];
  }

  /**
   * The options, with the cell's config.
   *
   * @throws TypeError if the cell was given as an object, or has options that cannot be saved
   */
  override getConfig(): serialization.ConfigDict {
    const { returnSequences, returnState, goBackwards } = this;
    if (isObject(this.#source)) {
      throw new TypeError(
        `${this.#where}: expected the cell as data ({ type: 'LSTMCell', ... }) in a layer that is saved or copied, got a cell object, which does not tell its options`,
      );
    }
    const cell = saveConfig(this.#where, this.#source) as serialization.ConfigDict;
    return { ...super.getConfig(), cell, returnSequences, returnState, goBackwards };
  }

  protected override assertInputCompatibility(
    inputs: Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[],
  ): void {
    const [sequence, ...states] = listOf<Tensor | SymbolicTensor>(inputs).map(({ shape }) => shape);
    const features = featuresOf(this.#where, sequence ?? []);
    if (this.#pair === undefined) return;
    const { inputSize, stateSize } = this.#pair.inference;
    if (features !== inputSize) {
      throw new ShapeError(
        `${this.#where}: inputs: expected ${inputSize} features, got ${features}`,
      );
    }
    checkStateShapes(this.#where, states, stateSize);
  }

  protected override disposeWeights(): number {
    const { weights } = this;
    this.#built.training.dispose();
    // Of a cell that leaves them to its owner.
    for (const weight of weights) weight.dispose();
    return weights.length;
  }

  get #where(): string {
    return `rnnLayer '${this.name}'`;
  }

  get #built(): CellPair {
    if (this.#pair === undefined) {
      throw new Error(`${this.#where}: expected a layer that was applied to inputs, got a new one`);
    }
    return this.#pair;
  }

  #makePair(inputSize: number): CellPair {
    if (!isObject(this.#source)) return makeCell(this.#where, this.#source, inputSize);
    checkInputSize(this.#where, this.#source, inputSize);
    return { training: this.#source, inference: withoutDropout(this.#where, this.#source) };
  }

  /** The sizes of the cell, or of the one that inputs of a shape would make. */
  #sizes(shape: Shape): Pick<RNNCell<unknown>, 'outputSize' | 'stateSize'> {
    if (this.#pair !== undefined) return this.#pair.inference;
    if (isObject(this.#source)) return this.#source;
    const features = featuresOf(this.#where, shape);
    const { training } = makeCell(this.#where, this.#source, features);
    training.dispose();
    return training;
  }
}

/**
 * A cell over the sequences of a batch, as a layer of tf.layers: in `tf.sequential` and `tf.model`, with
 * `fit`, `evaluate`, `predict`, `save` and `tf.loadLayersModel`. It computes what `dynamicRNN` computes,
 * by kernels where the backend has them.
 *
 * - Weights: the cell's variables, which the layer owns; `layer.cell` is the cell itself.
 * - A mask, of `tf.layers.masking` or an embedding with `maskZero`, gives the rows' lengths. Padding must
 *   come after a row's steps; elsewhere it is refused on the cpu and wasm backends, and on others, where
 *   looking would wait for the device, the first steps count, as many as are not masked. Past a row's
 *   length the output is zero, where tf.layers repeats the last one.
 * - Initial state: `layer.apply(inputs, { initialState: [c, h] })`, or `layer.apply([inputs, c, h])`.
 * - `DropoutWrapper`s drop while the model is fitted only.
 * - It works in `tf.layers.bidirectional`, if its cell is given as data. (To the compiler that takes
 *   tf.layers' own layers only: `layer: rnnLayer(...) as never`.)
 *
 * @param options - the cell, what is returned, and the options of every layer
 * @returns the layer
 * @throws TypeError if `cell` is neither data nor a cell
 * @throws RangeError if it is to be stateful. When it is applied: if an option of the cell is out of
 * range, or a mask has padding before a step
 * @throws {@link ShapeError} when it is applied, if an input, state or mask does not fit
 */
export function rnnLayer(options: RNNLayerOptions): RNNLayer {
  return new RNNLayer(options);
}

function isObject(cell: RNNLayerOptions['cell']): cell is RNNCell<unknown> {
  return 'call' in cell;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
