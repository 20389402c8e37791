export { LogdirError } from './logdir/logdir-error.js';
export { openLogdir, type LogdirOptions } from './logdir/open-logdir.js';
