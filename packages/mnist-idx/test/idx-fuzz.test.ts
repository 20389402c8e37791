import { idxFuzz } from './idx-fuzz.js';

idxFuzz({ runs: 20_000, asyncRuns: 500, seed: 1 });
