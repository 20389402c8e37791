import type { Core } from '../core/core.js';
import type { HostOf } from '../host.js';

/** What the kernels of a training step are made with. */
export interface TrainingContext {
  readonly backendName: string;
  readonly hostOf: HostOf;
  readonly core: Core;
}
