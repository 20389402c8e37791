import basicRNN from '../goldens/basic-rnn.json' with { type: 'json' };
import multiBasicRNN from '../goldens/multi-basic-rnn.json' with { type: 'json' };
import type { GoldenCase } from './golden-case.js';

/** Every case that TensorFlow computed (`packages/testing/goldens/make_goldens.py`). */
export const goldenCases: readonly GoldenCase[] = [
  ...(basicRNN.cases as unknown as GoldenCase[]),
  ...(multiBasicRNN.cases as unknown as GoldenCase[]),
];
