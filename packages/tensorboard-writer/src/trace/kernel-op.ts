import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { GraphAttribute } from '../graph/graph-node.js';
import type { TensorKind } from './entry.js';

/** Where TensorFlow has another name than TensorFlow.js for what a kernel computes. */
const tensorflowNames: Readonly<Record<string, string>> = {
  Add: 'AddV2',
  BatchMatMul: 'BatchMatMulV2',
  Concat: 'ConcatV2',
  FusedBatchNorm: 'FusedBatchNormV3',
  FusedConv2D: '_FusedConv2D',
  FusedDepthwiseConv2D: '_FusedDepthwiseConv2dNative',
  Multiply: 'Mul',
  Reverse: 'ReverseV2',
  Select: 'SelectV2',
  TopK: 'TopKV2',
};

/** What TensorFlow calls a kernel of TensorFlow.js. */
export function opOfKernel(kernelName: string, [first]: readonly TensorKind[]): string {
  if (kernelName === 'BatchMatMul' && first?.shape.length === 2) return 'MatMul';
  return tensorflowNames[kernelName] ?? kernelName;
}

/** How a node of an op is named: the op without its version. */
export function labelOfOp(op: string): string {
  return op.replaceAll(/^_|V\d$/g, '');
}

/** A kernel's attributes by TensorFlow's kind of names, those that a graph can hold. */
export function attributesOfKernel(attrs: NamedAttrMap = {}): Record<string, GraphAttribute> {
  const attributes: Record<string, GraphAttribute> = {};
  for (const [name, value] of Object.entries<unknown>(attrs)) {
    const attribute = name === 'dtype' ? { dtype: value } : value;
    if (name === 'dtype' || isPlain(value)) {
      attributes[snakeCase(name)] = attribute as GraphAttribute;
    }
  }
  return attributes;
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) {
    const types = new Set(value.map((item) => (isScalar(item) ? typeof item : 'none')));
    return types.size === 0 || (types.size === 1 && !types.has('none'));
  }
  return isScalar(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
