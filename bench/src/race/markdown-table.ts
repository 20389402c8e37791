export interface MarkdownTableOptions {
  /** Columns of numbers, by place. */
  readonly alignRight?: readonly number[];
}

/** A table in Markdown, padded so that it reads as text too. A row may be shorter than the header. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { alignRight = [] }: MarkdownTableOptions = {},
): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isRight = (column: number): boolean => alignRight.includes(column);
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? '';
      return isRight(column) ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    isRight(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
