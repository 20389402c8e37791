import '@tensorflow/tfjs-layers'; // registers the gradients
import * as library from '@unroll/rnn-cells';
import {
  type CellLibrary,
  cellTable,
  describeGoldens,
  describeSequenceLaws,
} from '@unroll/testing';
import '../src/tensorflow.js';
import { describeOnTensorFlow } from './tensorflow-addon.js';

describeOnTensorFlow('the kernels of tensorflow', () => {
  // Layer norms are composed: no kernel's concern. TensorFlow's elementwise ops give a row other last digits
  // in a batch of another size, and dividing by a small deviation makes 1.1e-6 of them.
  const { LayerNormBasicLSTMCell: _, ...cells } = cellTable;
  describeSequenceLaws('keep the laws', library as unknown as CellLibrary, cells);
  describeGoldens('give what TensorFlow gives', library as unknown as CellLibrary);
});
