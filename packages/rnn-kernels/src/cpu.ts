import { sharedEngine } from './core/shared-engine.js';
import { cpuHost } from './cpu-host.js';
import { hostsBy } from './host.js';
import { registerSequenceKernels } from './sequence/register-sequence-kernels.js';
import { registerTrainingKernels } from './training/register-training-kernels.js';

export { type CoreReport, ready, type ReadyOptions } from './core/shared-engine.js';

const engine = sharedEngine();
if (engine !== undefined) {
  const hostOf = hostsBy(cpuHost);
  registerSequenceKernels('cpu', hostOf, engine);
  registerTrainingKernels({ backendName: 'cpu', hostOf, core: engine.core });
}
