import { library } from '@unroll/settings/tsup';

export default library({
  entry: {
    index: 'src/index.ts',
    'data-sets': 'src/data-sets.ts',
    family: 'src/family.ts',
    node: 'src/node.ts',
    stream: 'src/stream.ts',
    tensors: 'src/tensors.ts',
    web: 'src/web.ts',
    cli: 'src/cli/main.ts',
  },
});
