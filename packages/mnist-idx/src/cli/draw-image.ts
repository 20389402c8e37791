import type { GreyImage } from './png-image.js';

const ESCAPE = '\u001B[';

/** From black to white on a dark ground. */
const SHADES = ' .:-=+*#%@';

/** Options of {@link drawImage}. */
export interface DrawImageOptions {
  /** Bits of colour that the terminal has, as Node's `getColorDepth` tells: 1, 4, 8 or 24. */
  readonly colorDepth: number;
  /** How many characters a line has room for. Default: any number. */
  readonly width?: number | undefined;
}

/**
 * An image as text. With 256 colours and more: two rows to a line, as half blocks in shades of grey.
 * With fewer: characters that cover more or less of their place, two for a pixel where the line has
 * room, as a character is twice as high as wide.
 */
export function drawImage(image: GreyImage, options: DrawImageOptions): string {
  const { colorDepth, width = Infinity } = options;
  if (colorDepth >= 8) return halfBlocks(image, colorDepth >= 24 ? trueColor : paletteColor);
  return shades(image, width >= 2 * image.columns ? 2 : 1);
}

function shades({ rows, columns, pixels }: GreyImage, times: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const greys = pixels.subarray(row * columns, (row + 1) * columns);
    return Array.from(greys, (grey) => shade(grey).repeat(times))
      .join('')
      .trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

function shade(grey: number): string {
  return SHADES[Math.round((grey / 255) * (SHADES.length - 1))] as string;
}

/** The upper half in the foreground's colour, the lower in the background's. */
function halfBlocks({ rows, columns, pixels }: GreyImage, color: (grey: number) => string): string {
  let text = '';
  for (let row = 0; row < rows; row += 2) {
    let last = '';
    for (let column = 0; column < columns; column++) {
      const above = `38;${color(pixels[row * columns + column] as number)}`;
      const grey = pixels[(row + 1) * columns + column];
      // 49: the terminal's own ground, below the last of an odd number of rows.
      const below = grey === undefined ? '49' : `48;${color(grey)}`;
      const style = `${ESCAPE}${above};${below}m`;
      text += style === last ? '▀' : `${style}▀`;
      last = style;
    }
    text += `${ESCAPE}0m\n`;
  }
  return text;
}

function trueColor(grey: number): string {
  return `2;${grey};${grey};${grey}`;
}

/** Of the 256: 16 is black, 231 white, 232 to 255 are greys of 8, 18, ... 238. */
function paletteColor(grey: number): string {
  if (grey < 4) return '5;16';
  if (grey > 246) return '5;231';
  return `5;${232 + Math.min(23, Math.max(0, Math.round((grey - 8) / 10)))}`;
}
