import type { TensorInfo } from '@tensorflow/tfjs-core';
import { integers, type Shader } from './shader.js';
import type { Work } from './work.js';

/** A workgroup sums so many neighbouring columns, whose numbers stand side by side in memory. */
const columnsPerWorkgroup = 16;
/** Every so many-th row is summed by one thread. */
const lanes = 16;
const workgroupSize = columnsPerWorkgroup * lanes;

const shader: Shader = {
  key: 'sumRows',
  variables: ['x'],
  uniforms: integers('rows', 'columns'),
  workgroupSize,
  code: `
    var<workgroup> sums : array<f32, ${workgroupSize}>;
    fn main(index : i32) {
      let thread = index % ${workgroupSize};
      let lane = thread / ${columnsPerWorkgroup};
      let column = index / ${workgroupSize} * ${columnsPerWorkgroup} + thread % ${columnsPerWorkgroup};
      var sum = 0.0;
      for (var row = lane; row < uniforms.rows && column < uniforms.columns; row += ${lanes}) {
        sum += f32(x[row * uniforms.columns + column]);
      }
      sums[thread] = sum;
      workgroupBarrier();
      for (var apart = ${lanes / 2}; apart > 0; apart /= 2) {
        if (lane < apart) { sums[thread] += sums[thread + apart * ${columnsPerWorkgroup}]; }
        workgroupBarrier();
      }
      if (lane == 0 && column < uniforms.columns) { result[column] = sums[thread]; }
    }`,
};

/** The sums of the columns of a matrix. */
export function sumRows(work: Work, x: TensorInfo): TensorInfo {
  const [rows, columns] = x.shape as [number, number];
  return work.run(shader, {
    inputs: { x },
    uniforms: { rows, columns },
    workgroups: Math.ceil(columns / columnsPerWorkgroup),
    size: columns,
  });
}
