import '@tensorflow/tfjs-backend-wasm';
import { Identity, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { sharedEngine } from './core/shared-engine.js';
import { hostsBy } from './host.js';
import { registerSequenceKernels } from './sequence/register-sequence-kernels.js';
import { registerTrainingKernels } from './training/register-training-kernels.js';
import { wasmHost } from './wasm-host.js';
import { sharingIdentityKernel } from './wasm-identity.js';

export { type CoreReport, ready, type ReadyOptions } from './core/shared-engine.js';

const sharing = sharingIdentityKernel();
unregisterKernel(Identity, 'wasm');
registerKernel(sharing);

const engine = sharedEngine();
if (engine !== undefined) {
  const hostOf = hostsBy(wasmHost);
  registerSequenceKernels('wasm', hostOf, engine);
  registerTrainingKernels({ backendName: 'wasm', hostOf, core: engine.core });
}
