import { library } from '@unroll/settings/tsup';
import { bundleGradients } from './bundle-gradients.js';

export default library({
  entry: ['src/index.ts', 'src/gradients.ts', 'src/node.ts'],
  // Bundled, although tfjs-core is a peer: see bundle-gradients.ts.
  noExternal: [/^@tensorflow\/tfjs-core\/dist\//],
  external: ['@tensorflow/tfjs-core'],
  esbuildPlugins: [bundleGradients],
});
