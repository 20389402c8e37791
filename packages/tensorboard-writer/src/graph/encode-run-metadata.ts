import { checkNumber } from '../checks/check-number.js';
import { checkObject } from '../checks/check-object.js';
import { checkTag } from '../checks/check-tag.js';
import { kind } from '../checks/kind.js';
import { type NodeExecStats, runMetadata } from '../messages/run-metadata.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import type { NodeStats } from './node-stats.js';
import { toDataType, toTensorShape } from './to-tensor-shape.js';

/**
 * A serialized RunMetadata, nodes by device in their order; or a copy of one.
 *
 * @param where - who complains: `SummaryWriter.runMetadata`
 * @throws TypeError or RangeError if a node's name, times, bytes or outputs are none
 */
export function encodeRunMetadata(
  where: string,
  stats: readonly NodeStats[] | Uint8Array,
): Uint8Array {
  // The caller's bytes may change before they are written.
  if (stats instanceof Uint8Array) return new Uint8Array(stats);
  if (!Array.isArray(stats)) {
    throw new TypeError(`${where}: stats: expected an array, or bytes, got ${kind(stats)}`);
  }
  const devices = new Map<string, Init<NodeExecStats>[]>();
  for (const [i, node] of stats.entries()) {
    checkObject(`${where}: stats[${i}]`, node);
    const { device = '/device:CPU:0' } = node;
    const nodes = devices.get(device) ?? [];
    nodes.push(toNodeExecStats(`${where}: stats[${i}]`, node));
    devices.set(device, nodes);
  }
  const devStats = [...devices].map(([device, nodeStats]) => ({ device, nodeStats }));
  return encodeMessage(runMetadata, { stepStats: { devStats } });
}

function toNodeExecStats(where: string, stats: NodeStats): Init<NodeExecStats> {
  const { name, startMicros = 0, micros, bytes = 0, outputs = [] } = stats;
  checkTag(`${where}: name`, name);
  for (const [what, value] of Object.entries({ startMicros, micros, bytes })) {
    checkNumber(
      `${where}: ${what}`,
      value,
      'a number from 0 to 2^53 - 1',
      (number) => number >= 0 && number <= Number.MAX_SAFE_INTEGER,
    );
  }
  const took = Math.max(1, Math.round(micros));
  return {
    nodeName: name,
    allStartMicros: Math.round(startMicros),
    opEndRelMicros: took,
    allEndRelMicros: took,
    memory: bytes === 0 ? [] : [{ allocatorName: 'cpu', totalBytes: Math.round(bytes) }],
    output: outputs.map(({ dtype, shape }, slot) => ({
      slot,
      tensorDescription: {
        dtype: toDataType(`${where}: outputs[${slot}]: dtype`, dtype),
        shape: toTensorShape(`${where}: outputs[${slot}]: shape`, shape),
      },
    })),
  };
}
