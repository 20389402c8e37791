import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { type CellLibrary, describeGoldens } from '@unroll/testing';
import * as library from '../src/index.js';

describeGoldens('composed on cpu', library as unknown as CellLibrary);
