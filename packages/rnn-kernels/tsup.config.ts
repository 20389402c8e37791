import { library } from '@unroll/settings/tsup';

export default library({
  entry: ['src/cpu.ts', 'src/wasm.ts', 'src/webgl.ts', 'src/webgpu.ts'],
});
