import '@tensorflow/tfjs-layers'; // registers the gradients
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeGoldens, describeSequenceLaws } from '@unroll/testing';
import '../src/tensorflow.js';
import { describeOnTensorFlow } from './tensorflow-addon.js';

describeOnTensorFlow('the kernels of tensorflow', () => {
  describeSequenceLaws('keep the laws', library as unknown as CellLibrary);
  describeGoldens('give what TensorFlow gives', library as unknown as CellLibrary);
});
