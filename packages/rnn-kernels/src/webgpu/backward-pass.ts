import type { TensorInfo } from '@tensorflow/tfjs-core';
import { readsInputs, readsState } from './cell-plan.js';
import { dealRows } from './deal-rows.js';
import { joinRows } from './join-rows.js';
import {
  keptStart,
  Places,
  type SequenceCall,
  type SequenceSizes,
  sequenceSizes,
} from './sequence-call.js';
import { integers } from './shader.js';
import { sumRows } from './sum-rows.js';
import { walkShader } from './walk-shader.js';
import { view } from './work.js';

/** Runs a sequence backward: the gradients, as the kernel gives them. */
export function backwardPass(call: SequenceCall): TensorInfo[] {
  const { work, plan, inputs, attrs } = call;
  const sizes = sequenceSizes(call);
  const { batch, units } = sizes;
  // Of a cell that keeps nothing, the outputs are enough.
  const trace = inputs['reserve0'] ?? inputs['outputs']!;
  const { walked, starts } = walkBack(call, sizes, trace);
  const gates = plan.matrices.map((matrix, i) => {
    const shape = [sizes.batch * sizes.time, matrix.gates * units];
    return i === 0 ? view(walked, shape) : work.slice(walked, starts[`gates${i}`]!, shape);
  });
  const weightGradients = plan.matrices.flatMap(({ joined }, i) => [
    work.product(joinRows(call, sizes, { joined, trace }), gates[i]!, { transposeA: true }),
    sumRows(work, gates[i]!),
  ]);
  const initials = plan.states.map((_, i) =>
    work.slice(walked, starts[`initial${i}`]!, [batch, units]),
  );
  const byInputs = attrs.inputGradient ? inputGradient(call, sizes, gates) : work.nothing();
  return [byInputs, ...weightGradients, ...initials];
}

interface Walked {
  /** In one buffer what {@link Walked.starts} names, the gradients by the gates of the first matrix first. */
  readonly walked: TensorInfo;
  readonly starts: Readonly<Record<string, number>>;
}

function walkBack(call: SequenceCall, sizes: SequenceSizes, trace: TensorInfo): Walked {
  const { work, plan, inputs, attrs } = call;
  const { batch, time, units } = sizes;
  const given = upstreams(call);
  const code = plan.backward({ ...attrs, given: (name) => name in given });
  const dealing = dealRows(batch, units, code.slots);
  const places = new Places();
  for (const [i, { gates }] of plan.matrices.entries()) {
    places.add(`gates${i}`, batch * time * gates * units);
  }
  for (const i of plan.states.keys()) places.add(`initial${i}`, batch * units);
  places.add('held', dealing.heldInResult);
  const transposed = plan.matrices
    .filter(readsState)
    .map(({ kernel }) => [kernel, work.transpose(inputs[kernel]!)] as const);
  const all = {
    ...inputs,
    ...Object.fromEntries(transposed),
    lengths: inputs['sequenceLength']!,
    trace,
  };
  const shader = walkShader(code, dealing, {
    key: [`${plan.kernelName}Grad`, attrs['activation'] ?? '', ...Object.keys(given)].join('_'),
    backward: true,
    padded: attrs.padded,
    variables: Object.keys(all),
    uniforms: integers(...Object.keys(places.starts), 'kept'),
  });
  const walked = work.run(shader, {
    inputs: all,
    uniforms: { ...sizes, ...places.starts, kept: keptStart(plan, sizes) },
    workgroups: dealing.workgroups,
    size: places.size,
  });
  return { walked, starts: places.starts };
}

/** The upstream gradients of results that somebody used; a scalar stands for those that nobody did. */
function upstreams({ plan, inputs }: SequenceCall): Record<string, TensorInfo> {
  const names = ['dOutputs', ...plan.states.map((state) => `dFinal${state}`)];
  return Object.fromEntries(
    names.filter((name) => inputs[name]!.shape.length > 0).map((name) => [name, inputs[name]!]),
  );
}

function inputGradient(
  { work, plan, inputs }: SequenceCall,
  { inputSize, units }: SequenceSizes,
  gates: readonly TensorInfo[],
): TensorInfo {
  const parts = plan.matrices.flatMap((matrix, i) => {
    if (!readsInputs(matrix)) return [];
    // The rows for the inputs come first.
    const weights = view(inputs[matrix.kernel]!, [inputSize, matrix.gates * units]);
    return [work.product(gates[i]!, weights, { transposeB: true })];
  });
  return view(
    parts.reduce((a, b) => work.add(a, b)),
    inputs['inputs']!.shape,
  );
}
