import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
  // A static page for any folder of any server.
  base: './',
  // A file that is missing is an error 404, not the page once more.
  appType: 'mpa',
  resolve: {
    // While developing, the packages' sources; in a build, what a user would install.
    conditions: [...(command === 'serve' ? ['@unroll/source'] : []), ...defaultClientConditions],
  },
  worker: { format: 'es' },
  build: {
    // TensorFlow.js with a backend, in one worker.
    chunkSizeWarningLimit: 1000,
  },
}));
