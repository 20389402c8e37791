import { kind } from '../checks/kind.js';
import type { AttrListValue, AttrValue } from '../messages/attr-value.js';
import type { Init } from '../protobuf/message-type.js';
import type { GraphAttribute, GraphTensor } from './graph-node.js';
import { toTensorProto } from './to-tensor-proto.js';
import { toDataType, toTensorShape } from './to-tensor-shape.js';

/** One value, by the name of its kind in AttrValue. */
type Item = readonly [name: keyof AttrListValue, value: unknown];

/**
 * The message of an attribute.
 *
 * @param where - who complains: `SummaryWriter.graph: nodes[0]: attributes.T`
 * @throws TypeError if it is of none of the kinds, or a list of several
 * @throws RangeError if there is no such element type, or a shape or a tensor is none
 */
export function toAttrValue(where: string, attribute: GraphAttribute): Init<AttrValue> {
  if (!Array.isArray(attribute)) {
    const [name, value] = toItem(where, attribute);
    return { [name]: value };
  }
  const items = attribute.map((value, i) => toItem(`${where}[${i}]`, value));
  const names = new Set(items.map(([name]) => name));
  // Whole numbers among others are no integers.
  if (names.size === 2 && names.has('i') && names.has('f')) names.delete('i');
  if (names.size > 1) {
    throw new TypeError(`${where}: expected values of one kind, got ${[...names].join(' and ')}`);
  }
  const values = items.map(([, value]) => value);
  return { list: Object.fromEntries([...names].map((name) => [name, values])) };
}

const encoder = new TextEncoder();

function toItem(where: string, value: unknown): Item {
  if (typeof value === 'boolean') return ['b', value];
  if (typeof value === 'number') return [Number.isSafeInteger(value) ? 'i' : 'f', value];
  if (typeof value === 'string') return ['s', encoder.encode(value)];
  if (value instanceof Uint8Array) return ['s', value];
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [name, content] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name === 'float' && typeof content === 'number') return ['f', content];
    if (name === 'dtype') return ['type', toDataType(where, content)];
    if (name === 'shape') return ['shape', toTensorShape(where, content)];
    if (name === 'tensor') return ['tensor', toTensorProto(where, content as GraphTensor)];
    if (name === 'func' && typeof content === 'string') return ['func', { name: content }];
  }
  const expected =
    'a boolean, number, string, bytes, or an object of float, dtype, shape, tensor or func';
  throw new TypeError(`${where}: expected ${expected}, got ${kind(value)}`);
}
