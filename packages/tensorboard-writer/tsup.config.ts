import { library } from '@unroll/settings/tsup';

export default library({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    trace: 'src/trace.ts',
    web: 'src/web.ts',
    cli: 'src/cli/main.ts',
  },
});
