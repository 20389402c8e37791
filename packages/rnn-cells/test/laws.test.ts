import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { type CellLibrary, describeSequenceLaws } from '@unroll/testing';
import * as library from '../src/index.js';

describeSequenceLaws('composed on cpu', library as unknown as CellLibrary);
