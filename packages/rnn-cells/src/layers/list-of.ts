/** A list of what tf.layers passes as one thing, several, or none. */
export function listOf<Item>(items: Item | readonly Item[] | null | undefined): readonly Item[] {
  if (items === null || items === undefined) return [];
  return Array.isArray(items) ? (items as readonly Item[]) : [items as Item];
}
