import { readerProperties } from './reader-properties.js';

readerProperties(1_000_000, Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 32));
