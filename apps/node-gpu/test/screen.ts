const escape = '\u001B';
const sequence = new RegExp(`${escape}\\[\\??[\\d;]*[A-Za-z]|[^]`, 'gu');
const modes = new RegExp(`${escape}\\[\\?(25|7)([hl])`, 'g');

/**
 * The lines that a terminal shows after an output, scrolled-off ones included. Knows what the progress
 * bar uses: new lines, the first column, and the clearing of a line or its rest.
 */
export function screen(output: string): readonly string[] {
  const lines = [''];
  let column = 0;
  for (const [token] of output.replaceAll(modes, '').matchAll(sequence)) {
    const line = lines.pop()!;
    if (token === '\n') {
      lines.push(line, '');
    } else if (token === '\r' || token === `${escape}[1G`) {
      lines.push(line);
      column = 0;
    } else if (token === `${escape}[0K`) {
      lines.push(line.slice(0, column));
    } else if (token === `${escape}[2K`) {
      lines.push('');
    } else if (token.startsWith(escape)) {
      throw new Error(`expected what the progress bar uses, got ${JSON.stringify(token)}`);
    } else {
      lines.push(line.slice(0, column).padEnd(column) + token + line.slice(column + 1));
      column += 1;
    }
  }
  return lines;
}

/** What switches the terminal's cursor (25) and its wrapping of lines (7) on (h) and off (l), in order. */
export function switches(output: string): readonly string[] {
  return [...output.matchAll(modes)].map(([, mode, state]) => `${mode}${state}`);
}
