import type { CellConfig } from './cell-config.js';

/** Options that count only until a layer has its first weights, and so are not saved. */
const initializers: ReadonlySet<string> = new Set(['biasInitializer', 'kernelInitializer']);

/** What saved configs were made of, for copies of a layer within the program. */
const originals = new WeakMap<object, CellConfig>();

/**
 * A cell's config as JSON can hold it and tf.layers gives it back. What we call `type` is `className`
 * there, the one key whose values tf.layers does not rewrite.
 *
 * @throws TypeError if an option is a function, or a string that tf.layers would change: it writes all
 * others in snake_case, and reads them in camelCase
 */
export function saveConfig(where: string, config: CellConfig): Readonly<Record<string, unknown>> {
  const saved = saveValue(`${where}: cell`, config) as Record<string, unknown>;
  originals.set(saved, config);
  return saved;
}

/** The config that was saved; if that was in this program, with its initializers. */
export function loadConfig(saved: object): CellConfig {
  return originals.get(saved) ?? (loadValue(saved) as CellConfig);
}

function saveValue(where: string, value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
    case 'number':
      return value;
    case 'string':
      return survivor(where, value);
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item, i) => saveValue(`${where}[${i}]`, item));
      return saveRecord(where, value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(
        `${where}: expected a number, boolean, string, array or object, which can be saved, got ${typeof value}`,
      );
  }
}

function saveRecord(
  where: string,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const saved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined || initializers.has(key)) continue;
    if (key === 'type') saved['className'] = value;
    else saved[survivor(where, key)] = saveValue(`${where}.${key}`, value);
  }
  return saved;
}

function loadValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(loadValue);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key === 'className' ? 'type' : key,
      loadValue(item),
    ]),
  );
}

/** The text, if tf.layers, having written it, reads the same again. */
function survivor(where: string, text: string): string {
  const written = text
    .replaceAll(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const read = written.replaceAll(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
  if (read === text && text !== 'className') return text;
  throw new TypeError(
    `${where}: expected text that tf.layers saves without changing it, like camelCase, got '${text}'`,
  );
}
