import { idxProperties } from './idx-properties.js';

idxProperties(1000);
