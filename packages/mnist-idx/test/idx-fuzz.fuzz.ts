import { fuzzSeed } from './fuzz-seed.js';
import { idxFuzz } from './idx-fuzz.js';

idxFuzz({ runs: 1_000_000, asyncRuns: 500_000, seed: fuzzSeed() });
