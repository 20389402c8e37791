import { WireType } from '@bufbuild/protobuf/wire';
import type { ScalarType } from './message-type.js';

/** How each scalar type stands in the bytes. */
export const WIRE_TYPES: Readonly<Record<ScalarType, WireType>> = {
  double: WireType.Bit64,
  float: WireType.Bit32,
  int32: WireType.Varint,
  int64: WireType.Varint,
  bool: WireType.Varint,
  string: WireType.LengthDelimited,
  bytes: WireType.LengthDelimited,
};
