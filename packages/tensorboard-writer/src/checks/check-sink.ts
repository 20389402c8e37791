import { kind } from './kind.js';

const METHODS = ['write', 'flush', 'close'] as const;

/**
 * Asserts that a sink has the methods that every sink has; a path has none.
 *
 * @param where - who complains: `SummaryWriter: sink`
 * @throws TypeError if one is missing
 */
export function checkSink(where: string, sink: unknown): void {
  const methods: Partial<Record<string, unknown>> = Object(sink);
  const missing = METHODS.find((name) => typeof methods[name] !== 'function');
  if (missing === undefined) return;
  const got = typeof sink === 'object' && sink !== null ? `one without ${missing}` : kind(sink);
  throw new TypeError(`${where}: expected an object with ${METHODS.join(', ')}, got ${got}`);
}
