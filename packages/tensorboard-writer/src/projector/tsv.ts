/**
 * Rows of numbers, a point each, in as few digits as make the same float32. The projector would read
 * raw float32 too, but takes them for text when they happen to be valid UTF-8.
 */
export function numbersTSV(
  data: ArrayLike<number>,
  [rows, columns]: readonly [rows: number, columns: number],
): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const cells: string[] = [];
    for (let i = row * columns; i < (row + 1) * columns; i++) cells.push(float32(Number(data[i])));
    lines.push(`${cells.join('\t')}\n`);
  }
  return lines.join('');
}

/** Labels, a point each; one column has no heading, several do. */
export function labelsTSV(
  columns: readonly (readonly [name: string, labels: readonly (string | number)[]])[],
): string {
  const [first] = columns;
  const lines = (first?.[1] ?? []).map((_, row) =>
    columns.map(([, labels]) => cell(String(labels[row]))).join('\t'),
  );
  if (columns.length > 1) lines.unshift(columns.map(([name]) => cell(name)).join('\t'));
  return lines.map((line) => `${line}\n`).join('');
}

function float32(value: number): string {
  const single = Math.fround(value);
  for (const digits of [6, 7, 8]) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return String(short);
  }
  return String(Number(single.toPrecision(9)));
}

/** The projector knows no quoting, and drops lines without a visible character. */
function cell(text: string): string {
  if (text.trim() === '') return JSON.stringify(text);
  return text.replaceAll('\t', String.raw`\t`).replaceAll(/\r?\n|\r/g, String.raw`\n`);
}
