import { fileFuzz } from './file-fuzz.js';

fileFuzz({ npyRuns: 5000, pngRuns: 500, seed: 1 });
