import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeGoldens } from '@unroll/testing';
import '../src/cpu.js';

describeGoldens('fused on cpu', library as unknown as CellLibrary);
