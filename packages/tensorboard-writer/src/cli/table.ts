/** Longest text in a cell; a text summary can be a book. */
const MAX_CELL = 60;

/** A cell: numbers stand at the right. */
export type Cell = string | number;

/** Lines of cells in columns that are as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(cellText));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]!))));
  const right = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const text = lines.map((line) =>
    line
      .map((cell, i) => padded(cell, widths[i]!, right[i]!))
      .join('  ')
      .trimEnd(),
  );
  return `${text.join('\n')}\n`;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return numberText(cell);
  // A name from a file must not steer the terminal.
  const line = cell.replaceAll(/\s*[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\s*/gu, ' ');
  const characters = charactersOf(line);
  if (characters.length <= MAX_CELL) return line;
  return `${characters.slice(0, MAX_CELL - 1).join('')}…`;
}

/** Seven digits tell float32 numbers apart; steps are whole, and stay so. */
function numberText(value: number): string {
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(7)));
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

const segmenter = new Intl.Segmenter();

function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** What terminals show in two columns. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}]/u;

function widthOf(text: string): number {
  return charactersOf(text).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}
