import { checkObject } from '../checks/check-object.js';
import { kind } from '../checks/kind.js';
import type { GraphNode } from './graph-node.js';

/** TensorFlow's rule for names of nodes. */
const nodeName = /^[A-Za-z0-9.][\w.\\/>-]*$/;

/**
 * Asserts that nodes make a graph: names that TensorFlow allows, each once, and inputs that exist.
 *
 * @param where - who complains: `SummaryWriter.graph`
 * @throws TypeError if nodes, a name, an op or an input is of another type
 * @throws RangeError if a name is not allowed or there twice, an op is empty, or an input is missing
 */
export function checkNodes(where: string, nodes: unknown): asserts nodes is readonly GraphNode[] {
  if (!Array.isArray(nodes)) {
    throw new TypeError(`${where}: expected an array of nodes, or bytes, got ${kind(nodes)}`);
  }
  const all: readonly Partial<GraphNode>[] = nodes;
  const indices = new Map<string, number>();
  for (const [i, node] of all.entries()) {
    const at = `${where}: nodes[${i}]`;
    if (typeof node !== 'object' || node === null) {
      throw new TypeError(`${at}: expected a node, got ${kind(node)}`);
    }
    checkText(`${at}: name`, node.name, 'a name of letters, digits and _ . - / > \\', nodeName);
    checkText(`${at}: op`, node.op, 'a non-empty string', /./u);
    const other = indices.get(node.name);
    if (other !== undefined) {
      const message = `expected a name of its own, got that of nodes[${other}], "${node.name}"`;
      throw new RangeError(`${at}: ${message}`);
    }
    indices.set(node.name, i);
  }
  for (const [i, { name, inputs = [], attributes = {} }] of all.entries()) {
    if (!Array.isArray(inputs)) {
      const message = `expected an array of names, got ${kind(inputs)}`;
      throw new TypeError(`${where}: nodes[${i}] (${name}): inputs: ${message}`);
    }
    checkObject(`${where}: nodes[${i}] (${name}): attributes`, attributes);
    for (const [j, input] of inputs.entries()) {
      const at = `${where}: nodes[${i}] (${name}): inputs[${j}]`;
      checkText(at, input, 'name, name:output or ^name', /^\^?[^:^]+$|^[^:^]+:\d+$/);
      const source = input.replace(/^\^|:\d+$/, '');
      if (!indices.has(source)) {
        throw new RangeError(`${at}: expected the name of a node, got ${kind(input)}`);
      }
    }
  }
}

function checkText(
  where: string,
  value: unknown,
  expected: string,
  pattern: RegExp,
): asserts value is string {
  if (typeof value === 'string' && pattern.test(value)) return;
  const message = `${where}: expected ${expected}, got ${kind(value)}`;
  throw typeof value === 'string' ? new RangeError(message) : new TypeError(message);
}
