import { library } from '@unroll/settings/tsup';

export default library({ entry: ['src/index.ts', 'src/node.ts', 'src/web.ts'] });
