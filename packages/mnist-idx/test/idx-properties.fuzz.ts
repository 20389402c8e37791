import { idxProperties } from './idx-properties.js';

idxProperties(200_000);
