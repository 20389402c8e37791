import { library } from '@unroll/settings/tsup';

export default library({
  entry: ['index', 'data-sets', 'family', 'node', 'stream', 'tensors', 'web'].map(
    (name) => `src/${name}.ts`,
  ),
});
