import { describe, expect, test } from 'vitest';
import { drawImage } from '../../src/cli/draw-image.js';

const image = {
  rows: 3,
  columns: 4,
  pixels: Uint8Array.of(0, 28, 57, 85, 85, 85, 255, 0, 3, 8, 9, 250),
};

/** Escape sequences as one can read them. */
const readable = (text: string) => text.replaceAll('\u001B', 'ESC');

describe('drawImage', () => {
  test('draws in shades of characters, two for a pixel, without colours', () => {
    expect(drawImage(image, { colorDepth: 1 })).toBe('  ..::--\n----@@\n      @@\n');
    expect(drawImage(image, { colorDepth: 4, width: 8 })).toBe('  ..::--\n----@@\n      @@\n');
  });

  test('draws one character for a pixel where two have no room', () => {
    expect(drawImage(image, { colorDepth: 1, width: 7 })).toBe(' .:-\n--@\n   @\n');
  });

  test('draws two rows to a line in true colours, and the ground below the last', () => {
    const grey = (value: number) => `2;${value};${value};${value}`;
    const lines = readable(drawImage(image, { colorDepth: 24 })).split('\n');
    expect(lines).toEqual([
      `ESC[38;${grey(0)};48;${grey(85)}m▀ESC[38;${grey(28)};48;${grey(85)}m▀` +
        `ESC[38;${grey(57)};48;${grey(255)}m▀ESC[38;${grey(85)};48;${grey(0)}m▀ESC[0m`,
      `ESC[38;${grey(3)};49m▀ESC[38;${grey(8)};49m▀ESC[38;${grey(9)};49m▀ESC[38;${grey(250)};49m▀ESC[0m`,
      '',
    ]);
  });

  test("takes the nearest of 256 colours' greys, and says a style once", () => {
    const [first, second] = readable(drawImage(image, { colorDepth: 8 })).split('\n');
    expect(first).toBe(
      'ESC[38;5;16;48;5;240m▀ESC[38;5;234;48;5;240m▀ESC[38;5;237;48;5;231m▀ESC[38;5;240;48;5;16m▀ESC[0m',
    );
    expect(second).toBe('ESC[38;5;16;49m▀ESC[38;5;232;49m▀▀ESC[38;5;231;49m▀ESC[0m');
  });
});
