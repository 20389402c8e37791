import { library } from '@unroll/settings/tsup';

export default library({ entry: ['src/cli.ts'], platform: 'node', target: 'node22' });
