import type { TensorInfo } from '@tensorflow/tfjs-core';
import { readsInputs } from './cell-plan.js';
import { dealRows } from './deal-rows.js';
import { Places, type SequenceCall, type SequenceSizes, sequenceSizes } from './sequence-call.js';
import { integers } from './shader.js';
import { walkShader } from './walk-shader.js';
import { view } from './work.js';

/**
 * Runs a sequence: outputs and final states, and where a gradient may follow, all that it needs, in one
 * tensor that begins with the outputs.
 */
export function forwardPass(call: SequenceCall): TensorInfo[] {
  const { work, plan, inputs, attrs } = call;
  const { training, timeMajor } = attrs;
  const sizes = sequenceSizes(call);
  const { batch, time, units } = sizes;
  const code = plan.forward({ ...attrs, given: () => true });
  const dealing = dealRows(batch, units, code.slots);
  const places = new Places();
  places.add('outputs', batch * time * units);
  for (const i of plan.states.keys()) places.add(`final${i}`, batch * units);
  places.add('kept', training ? batch * time * plan.kept * units : 0);
  places.add('held', dealing.heldInResult);
  const projected = projections(call, sizes);
  const given = { ...inputs, ...projected, lengths: inputs['sequenceLength']! };
  const { floats = [] } = plan;
  const shader = walkShader(code, dealing, {
    key: [plan.kernelName, attrs['activation'] ?? '', training].join('_'),
    backward: false,
    padded: attrs.padded,
    variables: Object.keys(given),
    uniforms: [
      ...integers(...Object.keys(places.starts)),
      ...floats.map((name) => ({ name, type: 'f32' as const })),
    ],
  });
  const constants = Object.fromEntries(floats.map((name) => [name, attrs[name] as number]));
  const trace = work.run(shader, {
    inputs: given,
    uniforms: { ...sizes, ...places.starts, ...constants },
    workgroups: dealing.workgroups,
    size: places.size,
  });
  const shape = timeMajor ? [time, batch, units] : [batch, time, units];
  const finals = plan.states.map((_, i) =>
    work.slice(trace, places.starts[`final${i}`]!, [batch, units]),
  );
  const results = [work.slice(trace, 0, shape), ...finals];
  return training && plan.kept > 0 ? [...results, trace] : results;
}

/** What the inputs of all steps add to the gates: one product for each matrix. */
function projections(
  { work, plan, inputs }: SequenceCall,
  { batch, time, inputSize, units }: SequenceSizes,
): Record<string, TensorInfo> {
  const rows = view(inputs['inputs']!, [batch * time, inputSize]);
  const matrices = plan.matrices.filter(readsInputs);
  return Object.fromEntries(
    matrices.map(({ kernel, bias, gates }, i) => {
      // The rows for the inputs come first.
      const weights = view(inputs[kernel]!, [inputSize, gates * units]);
      return [`projected${i}`, work.product(rows, weights, { bias: inputs[bias]! })];
    }),
  );
}
