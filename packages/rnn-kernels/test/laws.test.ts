import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeSequenceLaws } from '@unroll/testing';
import '../src/cpu.js';

describeSequenceLaws('fused on cpu', library as unknown as CellLibrary);
