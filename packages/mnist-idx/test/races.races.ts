import { races } from './races.js';

races(100);
