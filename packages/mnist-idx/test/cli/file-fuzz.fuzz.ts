import { fuzzSeed } from '../fuzz-seed.js';
import { fileFuzz } from './file-fuzz.js';

fileFuzz({ npyRuns: 200_000, pngRuns: 20_000, seed: fuzzSeed() });
