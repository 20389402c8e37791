export { LogdirError } from './logdir/logdir-error.js';
export { openLogdir, type LogdirOptions } from './logdir/open-logdir.js';
export type { FollowOptions } from './reading/logdir/follow-options.js';
export { listRuns, type Run } from './reading/logdir/list-runs.js';
export { readScalars } from './reading/logdir/read-logdir.js';
export { readEvents, readSummaries } from './reading/logdir/read-run.js';
