import { formatWithOptions } from 'node:util';
import { expect, vi } from 'vitest';

/** What an example prints: its tensors by name, and its other lines. */
export interface Printed {
  readonly lines: readonly string[];
  /** The values of a tensor that was shown, asserted to have the shape. */
  tensor(name: string, shape: readonly number[]): unknown[];
}

/** Runs an example and gives what it prints. */
export async function printed(example: () => Promise<unknown>): Promise<Printed> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await example();
  const lines: string[] = [];
  const tensors = new Map<string, { shape: string; values: string }>();
  for (const call of log.mock.calls) {
    const text = formatWithOptions({}, ...call);
    const shown = /^(.+), shape (\[.*\])\n([^]+)$/.exec(text);
    if (shown === null) lines.push(text);
    else {
      const [, name, shape, values] = shown as unknown as [string, string, string, string];
      tensors.set(name, { shape, values });
    }
  }
  log.mockClear();
  return {
    lines,
    tensor(name, shape) {
      expect([...tensors.keys()]).toContain(name);
      const shown = tensors.get(name)!;
      const values = JSON.parse(shown.values) as unknown[];
      expect(JSON.parse(shown.shape)).toEqual(shape);
      expectShape(values, shape);
      return values;
    },
  };
}

/** Asserts the shape of nested arrays of finite numbers. */
function expectShape(values: unknown, [length, ...rest]: readonly number[]): void {
  if (length === undefined) expect(values).toSatisfy(Number.isFinite);
  else {
    expect(values).toHaveLength(length);
    for (const value of values as unknown[]) expectShape(value, rest);
  }
}
