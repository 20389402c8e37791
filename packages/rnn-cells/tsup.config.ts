import { library } from '@unroll/settings/tsup';

export default library({ entry: ['src/index.ts', 'src/layers.ts'] });
