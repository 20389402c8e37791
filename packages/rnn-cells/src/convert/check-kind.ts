/**
 * Asserts that a type of layer is one of those that are known.
 *
 * @throws RangeError otherwise
 */
export function checkKind<Kind extends string>(
  where: string,
  kind: string,
  kinds: readonly Kind[],
): asserts kind is Kind {
  if (!(kinds as readonly string[]).includes(kind)) {
    const names = kinds.map((name) => `'${name}'`).join(', ');
    throw new RangeError(`${where}: type: expected one of ${names}, got '${kind}'`);
  }
}
