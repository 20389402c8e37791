import { library } from '@unroll/settings/tsup';

export default library({
  entry: ['src/index.ts', 'src/data-sets.ts', 'src/node.ts', 'src/tensors.ts'],
});
