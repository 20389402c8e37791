import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Summary: field numbers of `tensorboard/compat/proto/summary.proto`. */
export interface Summary {
  readonly values: readonly SummaryValue[];
}

/** Summary.Value: one tag and what it holds. */
interface SummaryValue {
  readonly tag: string;
  readonly value: { readonly simpleValue: number };
}

/** Writes the fields of a Summary. */
export function writeSummary(writer: BinaryWriter, summary: Summary): void {
  for (const value of summary.values) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writeSummaryValue(writer, value);
    writer.join();
  }
}

function writeSummaryValue(writer: BinaryWriter, { tag, value }: SummaryValue): void {
  writer.tag(1, WireType.LengthDelimited).string(tag);
  // Past float32's range a number becomes an infinity, as in TensorFlow.
  writer.tag(2, WireType.Bit32).float(Math.fround(value.simpleValue));
}
