import { library } from '@unroll/settings/tsup';

export default library({
  entry: ['src/cpu.ts', 'src/tensorflow.ts', 'src/wasm.ts', 'src/webgl.ts', 'src/webgpu.ts'],
});
