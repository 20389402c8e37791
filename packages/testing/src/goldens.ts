import basicLSTM from '../goldens/basic-lstm.json' with { type: 'json' };
import basicRNN from '../goldens/basic-rnn.json' with { type: 'json' };
import bidirectional from '../goldens/bidirectional.json' with { type: 'json' };
import gruResetAfter from '../goldens/gru-reset-after.json' with { type: 'json' };
import gru from '../goldens/gru.json' with { type: 'json' };
import layerNorm from '../goldens/layer-norm-basic-lstm.json' with { type: 'json' };
import lstm from '../goldens/lstm.json' with { type: 'json' };
import multiBasicRNN from '../goldens/multi-basic-rnn.json' with { type: 'json' };
import multi from '../goldens/multi.json' with { type: 'json' };
import residual from '../goldens/residual.json' with { type: 'json' };
import stackBidirectional from '../goldens/stack-bidirectional.json' with { type: 'json' };
import type { GoldenCase } from './golden-case.js';

const files = [
  basicRNN,
  multiBasicRNN,
  basicLSTM,
  lstm,
  gru,
  gruResetAfter,
  layerNorm,
  multi,
  residual,
  bidirectional,
  stackBidirectional,
] as unknown as readonly { readonly cases: readonly GoldenCase[] }[];

/** Every case that TensorFlow computed (`packages/testing/goldens/make_goldens.py`). */
export const goldenCases: readonly GoldenCase[] = files.flatMap(({ cases }) => cases);
