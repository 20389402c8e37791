import { maskedCRC32C } from './masked-crc32c.js';

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;

/**
 * One TFRecord: u64le length, u32le masked CRC-32C of the length, data, u32le masked CRC-32C of the
 * data (`tensorboard/summary/writer/record_writer.py`).
 */
export function encodeRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const dataStart = LENGTH_BYTES + CRC_BYTES;
  const dataEnd = dataStart + data.length;
  const record = new Uint8Array(dataEnd + CRC_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(LENGTH_BYTES, maskedCRC32C(record.subarray(0, LENGTH_BYTES)), true);
  record.set(data, dataStart);
  view.setUint32(dataEnd, maskedCRC32C(data), true);
  return record;
}
