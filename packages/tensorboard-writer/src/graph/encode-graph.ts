import { graphDef, type NodeDef } from '../messages/graph-def.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import { checkNodes } from './check-nodes.js';
import type { GraphNode } from './graph-node.js';
import { toAttrValue } from './to-attr-value.js';

/**
 * A serialized GraphDef, attributes in the order of their names; or a copy of one.
 *
 * @param where - who complains: `SummaryWriter.graph`
 * @throws TypeError or RangeError if the nodes make no graph
 */
export function encodeGraph(where: string, nodes: readonly GraphNode[] | Uint8Array): Uint8Array {
  // The caller's bytes may change before they are written.
  if (nodes instanceof Uint8Array) return new Uint8Array(nodes);
  checkNodes(where, nodes);
  const node = nodes.map((each, i) => toNodeDef(`${where}: nodes[${i}] (${each.name})`, each));
  return encodeMessage(graphDef, { node });
}

function toNodeDef(
  where: string,
  { name, op, inputs = [], device = '', attributes = {} }: GraphNode,
): Init<NodeDef> {
  const attr = new Map(
    Object.keys(attributes)
      // By code point, as Python's deterministic serialization has them.
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((key) => [key, toAttrValue(`${where}: attributes.${key}`, attributes[key]!)]),
  );
  return { name, op, input: inputs, device, attr };
}
