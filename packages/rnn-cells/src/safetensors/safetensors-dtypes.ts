/** How the numbers of a dtype are stored, little-endian. */
export interface SafetensorsDtype {
  /** Of one number. */
  readonly bytes: number;
  read(view: DataView, offset: number): number;
}

/** Every dtype of whole bytes that has numbers to read. */
export const DTYPES: ReadonlyMap<string, SafetensorsDtype> = new Map(
  Object.entries({
    F64: { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
    F32: { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
    F16: { bytes: 2, read: (view, offset) => fromHalf(view.getUint16(offset, true)) },
    BF16: { bytes: 2, read: (view, offset) => fromBrainFloat(view.getUint16(offset, true)) },
    I64: { bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true)) },
    I32: { bytes: 4, read: (view, offset) => view.getInt32(offset, true) },
    I16: { bytes: 2, read: (view, offset) => view.getInt16(offset, true) },
    I8: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
    U64: { bytes: 8, read: (view, offset) => Number(view.getBigUint64(offset, true)) },
    U32: { bytes: 4, read: (view, offset) => view.getUint32(offset, true) },
    U16: { bytes: 2, read: (view, offset) => view.getUint16(offset, true) },
    U8: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
    BOOL: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  } satisfies Record<string, SafetensorsDtype>),
);

/** IEEE 754's 16 bits: a sign, 5 of exponent (bias 15), 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function fromBrainFloat(bits: number): number {
  word.setUint32(0, bits * 2 ** 16);
  return word.getFloat32(0);
}
