import { serialization } from '@tensorflow/tfjs-core';
import { RNNLayer } from './rnn-layer.js';

serialization.registerClass(RNNLayer);
