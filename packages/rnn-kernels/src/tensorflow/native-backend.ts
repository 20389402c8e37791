import type { TensorInfo } from '@tensorflow/tfjs-core';

/** A tensor of TensorFlow's, as its addon gives it. */
export interface Handle {
  readonly id: number;
  readonly shape: readonly number[];
}

/** An attribute of an op. */
export interface OpAttr {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number | readonly number[];
}

/** What this uses of the addon of tfjs-node and tfjs-node-gpu. */
export interface Binding {
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  createTensor(shape: number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  executeOp(name: string, attrs: readonly OpAttr[], ids: number[], outputs: number): Handle[];
}

/** What this uses of the backend of tfjs-node and tfjs-node-gpu. */
export interface NativeBackend {
  readonly binding: Binding;
  getInputTensorIds(tensors: TensorInfo[]): number[];
  createOutputTensor(handle: Handle): TensorInfo;
}
