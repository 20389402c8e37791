import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { JoinedPart } from './cell-plan.js';
import { hBefore, kept } from './cell-snippets.js';
import { keptStart, type SequenceCall, type SequenceSizes, sizeUniforms } from './sequence-call.js';
import { integers, type Shader, usedVariables } from './shader.js';
import { stepPlaces } from './walk-snippets.js';

const workgroupSize = 64;

interface Joining {
  readonly joined: readonly JoinedPart[];
  readonly trace: TensorInfo;
}

/**
 * What a matrix was multiplied with at every step, a row for each, and zeros where a row has ended: its
 * product with the gates' gradients is the matrix's gradient, whatever the padding holds.
 */
export function joinRows(
  { work, plan, inputs, attrs }: SequenceCall,
  sizes: SequenceSizes,
  { joined, trace }: Joining,
): TensorInfo {
  const { batch, time, inputSize, units } = sizes;
  const columns = joined.reduce((sum, part) => sum + (part === 'inputs' ? inputSize : units), 0);
  const size = batch * time * columns;
  const tensors = {
    inputs: inputs['inputs']!,
    // The last of the states is h.
    initialState: inputs[`initial${plan.states.at(-1)}`]!,
    trace,
    lengths: inputs['sequenceLength']!,
  };
  const shader = joinShader(joined, { padded: attrs.padded, keptParts: plan.kept });
  return {
    ...work.run(shader, {
      inputs: tensors,
      uniforms: { ...sizes, columns, kept: keptStart(plan, sizes) },
      workgroups: Math.ceil(size / workgroupSize),
      size,
    }),
    shape: [batch * time, columns],
  };
}

function joinShader(
  joined: readonly JoinedPart[],
  { padded, keptParts }: { readonly padded: boolean; readonly keptParts: number },
): Shader {
  const parts = joined.map((part) => {
    const width = part === 'inputs' ? 'uniforms.inputSize' : 'uniforms.units';
    return `
      if (j >= 0 && j < ${width}) { result[index] = ${valueOf(part, keptParts)}; }
      j -= ${width};`;
  });
  const code = `
    ${stepPlaces(padded)}
    ${joined.some((part) => part !== 'inputs') ? hBefore : ''}
    fn main(index : i32) {
      let place = index / uniforms.columns;
      if (place >= uniforms.batch * uniforms.time) { return; }
      let row = place / uniforms.rowStride % uniforms.batch;
      let t = place / uniforms.stepStride % uniforms.time;
      let length = lengthOf(row);
      let n = select(t, length - 1 - t, uniforms.reverse == 1);
      if (t >= length) {
        result[index] = 0.0;
        return;
      }
      var j = index % uniforms.columns;
      ${parts.join('')}
    }`;
  return {
    key: ['join', ...joined, padded, keptParts].join('_'),
    variables: usedVariables(['inputs', 'initialState', 'trace', 'lengths'], code),
    uniforms: [...sizeUniforms, ...integers('columns', 'kept')],
    workgroupSize,
    code,
  };
}

function valueOf(part: JoinedPart, keptParts: number): string {
  if (part === 'inputs') return 'f32(inputs[place * uniforms.inputSize + j])';
  // Of what is kept, the reset gate comes first.
  const reset = part === 'resetState' ? ` * f32(trace[${kept(0, keptParts)}])` : '';
  return `hBefore(row, n, j)${reset}`;
}
