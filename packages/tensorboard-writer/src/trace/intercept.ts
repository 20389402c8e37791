import {
  engine,
  type DataValues,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  Variable,
} from '@tensorflow/tfjs-core';
import type { Recorder } from './recorder.js';

/** What is intercepted of TensorFlow.js's engine, through which all that computes goes. */
interface Engine {
  runKernel(kernelName: string, inputs: NamedTensorMap, attrs?: NamedAttrMap): Tensor | Tensor[];
  makeTensor(values: DataValues, ...rest: unknown[]): Tensor;
  makeTensorFromTensorInfo(info: TensorInfo, ...rest: unknown[]): Tensor;
  addTapeNode(
    kernelName: string,
    inputs: NamedTensorMap,
    outputs: Tensor[],
    ...rest: unknown[]
  ): void;
}

/** A step of a backward pass: given upstream gradients, a gradient for each input when called. */
interface TapeNode {
  gradient?: Gradient | undefined;
}

type Gradient = (this: TapeNode, dys: Tensor[]) => Record<string, () => Tensor>;

/**
 * Lets a recorder hear of all that TensorFlow.js computes.
 *
 * @param onAssign - called before a variable gets a new value
 * @returns a function that ends it
 */
export function intercept(recorder: Recorder, onAssign: (variable: Variable) => void): () => void {
  const target = engine() as unknown as Engine;
  const ends = [
    ...interceptKernels(target, recorder),
    replaceMethod(target, 'makeTensor', (makeTensor) => (values, ...rest) => {
      const tensor = makeTensor(values, ...rest);
      recorder.constant(tensor, values);
      return tensor;
    }),
    interceptTape(target, recorder),
    interceptAssign(recorder, onAssign),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function interceptKernels(target: Engine, recorder: Recorder): readonly (() => void)[] {
  // A kernel may call others, which are no nodes of their own.
  let depth = 0;
  const endShares = replaceMethod(target, 'makeTensorFromTensorInfo', (make) => (info, ...rest) => {
    const tensor = make(info, ...rest);
    // Within a kernel it makes the results.
    if (depth === 0) recorder.share(tensor);
    return tensor;
  });
  const endKernels = replaceMethod(
    target,
    'runKernel',
    (runKernel) => (kernelName, inputs, attrs) => {
      const start = performance.now();
      let result: Tensor | Tensor[];
      depth += 1;
      try {
        result = runKernel(kernelName, inputs, attrs);
      } finally {
        depth -= 1;
      }
      const micros = (performance.now() - start) * 1000;
      // A clone computes nothing; and what a gradient is computed of is cloned within kernels.
      if (kernelName === 'Identity') {
        recorder.clone(result as Tensor, inputs['x']!);
      } else if (depth === 0) {
        recorder.kernel({
          kernelName,
          inputs: Object.values<Tensor | null | undefined>(inputs).filter((input) => input != null),
          attrs,
          outputs: Array.isArray(result) ? result : [result],
          time: { startMicros: start * 1000, micros },
        });
      }
      return result;
    },
  );
  return [endKernels, endShares];
}

/** Puts each node of a backward pass in the scope of the node that it is a gradient of. */
function interceptTape(target: Engine, recorder: Recorder): () => void {
  return replaceMethod(
    target,
    'addTapeNode',
    (addTapeNode) =>
      (kernelName, inputs, outputs, ...rest) => {
        addTapeNode(kernelName, inputs, outputs, ...rest);
        const node = engine().state.activeTape.at(-1) as TapeNode | undefined;
        if (node === undefined) return;
        let { gradient } = node;
        Object.defineProperty(node, 'gradient', {
          enumerable: true,
          // A library may set it when the call has been recorded.
          set(own: Gradient | undefined) {
            gradient = own;
          },
          get: () => gradient && inScope(gradient, { recorder, of: outputs[0] }),
        });
      },
  );
}

/** A gradient, computed in the scope of the node that a tensor comes from. */
function inScope(
  gradient: Gradient,
  { recorder, of }: { readonly recorder: Recorder; readonly of: Tensor | undefined },
): Gradient {
  return function (this: TapeNode, dys) {
    const entry = recorder.entryOf(of);
    if (entry === undefined) return gradient.call(this, dys);
    const gradients = recorder.scopes.gradientOf(entry, () => gradient.call(this, dys));
    return Object.fromEntries(
      Object.entries(gradients).map(([name, compute]) => [
        name,
        () => recorder.scopes.gradientOf(entry, compute),
      ]),
    );
  };
}

function interceptAssign(recorder: Recorder, onAssign: (variable: Variable) => void): () => void {
  const { prototype } = Variable;
  // oxlint-disable-next-line typescript/unbound-method -- called on the variable below
  const { assign } = prototype;
  prototype.assign = function assignAndRecord(this: Variable, value) {
    onAssign(this);
    recorder.assignment(this, value);
    assign.call(this, value);
  };
  return () => {
    prototype.assign = assign;
  };
}

/** Replaces a method of an object, and returns a function that puts it back. */
function replaceMethod<Name extends keyof Engine>(
  target: Engine,
  name: Name,
  replacement: (original: Engine[Name]) => Engine[Name],
): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const original = target[name].bind(target) as Engine[Name];
  const value = replacement(original);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    delete (target as Partial<Engine>)[name];
    if (own !== undefined) Object.defineProperty(target, name, own);
  };
}
