import { readerProperties } from './reader-properties.js';

readerProperties(20_000, 20_261_126);
