/** A picture that is a file already, and its size. */
export interface ImageFile {
  readonly width: number;
  readonly height: number;
  readonly file: Uint8Array;
}

type Size = readonly [width: number, height: number];

/**
 * A copy of a PNG, JPEG or GIF file, with the size that it says.
 *
 * @throws RangeError if it is none of these
 */
export function readImageFile(where: string, bytes: Uint8Array): ImageFile {
  // Not by slice, which gives a view where it is a Buffer.
  const file = new Uint8Array(bytes);
  const size = sizeOf(new DataView(file.buffer));
  if (size !== undefined) return { width: size[0], height: size[1], file };
  const expected = 'a PNG, JPEG or GIF file, or { data, shape }';
  const got = `${bytes.length} bytes of something else`;
  throw new RangeError(`${where}: expected ${expected}, got ${got}`);
}

function sizeOf(view: DataView): Size | undefined {
  if (startsWith(view, '\x89PNG\r\n\x1a\n', 33)) return [view.getUint32(16), view.getUint32(20)];
  if (startsWith(view, 'GIF87a', 13) || startsWith(view, 'GIF89a', 13)) {
    return [view.getUint16(6, true), view.getUint16(8, true)];
  }
  return startsWith(view, '\xff\xd8', 4) ? sizeOfJPEG(view) : undefined;
}

function startsWith(view: DataView, start: string, leastBytes: number): boolean {
  if (view.byteLength < leastBytes) return false;
  return Array.from(start).every((character, i) => view.getUint8(i) === character.charCodeAt(0));
}

/** Bytes of a frame's segment up to its size. */
const FRAME_BYTES = 9;

/** From the header of the frame, which follows segments of any length. */
function sizeOfJPEG(view: DataView): Size | undefined {
  for (let at = 2; at + FRAME_BYTES <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15; three numbers among them are of tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
