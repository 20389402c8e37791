import { fileURLToPath } from 'node:url';
import { browserProject } from '@unroll/settings/vitest-browser';

const project = browserProject('mnist-idx', ['@tensorflow/tfjs-core']);
const index = fileURLToPath(new URL('src/index.ts', import.meta.url));

export default {
  ...project,
  // For the web server, which runs in Node, where vitest does not look for sources by itself.
  resolve: { ...project.resolve, alias: [{ find: /^@unroll\/mnist-idx$/, replacement: index }] },
  test: { ...project.test, globalSetup: ['test/web-server.ts'] },
};
