import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  engine,
  env,
  type KernelConfig,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import { backwardPass } from './backward-pass.js';
import { basicRNN } from './basic-rnn.js';
import type { Cell, SequenceTensors } from './cell.js';
import { forwardPass } from './forward-pass.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { Pass } from './pass.js';
import { resetAfterGRU } from './reset-after-gru.js';

const backendName = 'webgl';

/** Registers the sequence kernels and their gradients; on WebGL 1 it takes them back, and loops are composed. */
export function registerWebGLKernels(): void {
  const kernels = [basicRNN, lstm, gru, resetAfterGRU].flatMap((cell) => [
    kernelOf(cell.kernelName, cell, forwardPass),
    kernelOf(`${cell.kernelName}Grad`, cell, backwardPass),
  ]);
  for (const kernel of kernels) registerKernel(kernel);
  // A backend that is to start calls this itself.
  if (engine().backendName === backendName) {
    for (const { setupFunc } of kernels) setupFunc!(engine().backend);
  }
}

type PassFunction = (
  pass: Pass,
  cell: Cell,
  call: { readonly tensors: SequenceTensors; readonly attrs: SequenceAttrs },
) => TensorInfo[];

function kernelOf(kernelName: string, cell: Cell, run: PassFunction): KernelConfig {
  return {
    kernelName,
    backendName,
    setupFunc() {
      if (env().getNumber('WEBGL_VERSION') < 2) unregisterKernel(kernelName, backendName);
    },
    kernelFunc({ inputs, attrs, backend }) {
      const pass = new Pass(backend as MathBackendWebGL);
      try {
        const call = {
          tensors: inputs as SequenceTensors,
          attrs: attrs as unknown as SequenceAttrs,
        };
        return run(pass, cell, call);
      } finally {
        pass.end();
      }
    },
  };
}
