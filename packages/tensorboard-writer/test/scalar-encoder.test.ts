import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { event } from '../src/messages/event.js';
import { encodeMessage } from '../src/protobuf/encode-message.js';
import type { SummaryValue } from '../src/messages/summary.js';
import type { Init } from '../src/protobuf/message-type.js';
import { encodeRecord } from '../src/records/encode-record.js';
import { ScalarEncoder } from '../src/scalars/scalar-encoder.js';
import { scalarSummary } from '../src/summaries/scalar-summary.js';
import type { Scalar } from '../src/scalars/scalar-record.js';

/** The record as every other event gets its own. */
function plainRecord({ tag, value, step, wallTime }: Scalar): Uint8Array {
  const values = scalarSummary('', tag, value, {}) as Init<SummaryValue>;
  return encodeRecord(encodeMessage(event, { wallTime, step, summary: { value: [values] } }));
}

function expectSame(scalars: readonly Scalar[]): void {
  const encoder = new ScalarEncoder();
  for (const scalar of scalars) {
    const bytes = Buffer.from(encoder.encode(scalar)).toString('hex');
    expect(bytes).toBe(Buffer.from(plainRecord(scalar)).toString('hex'));
  }
}

describe('ScalarEncoder', () => {
  test('makes of any scalars the records that plain encoding makes', () => {
    const scalar = fc.record({
      tag: fc.constantFrom('a', 'loss/train', 'ü', '\u{1f600}'),
      value: fc.double(),
      step: fc.oneof(fc.nat(3), fc.nat(300), fc.maxSafeNat()),
      wallTime: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(0, -0, 1.7e9),
      ),
    });
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 40 }), (scalars) => expectSame(scalars)),
      { numRuns: 500 },
    );
  });

  test('follows a step over every length that it can have', () => {
    const powers = Array.from({ length: 53 }, (_, bits) => 2 ** bits);
    const steps = [0, ...powers.flatMap((power) => [power - 1, power, power + 1]), 2 ** 53 - 1];
    expectSame(
      steps
        .filter(Number.isSafeInteger)
        .map((step) => ({ tag: 'a', value: step, step, wallTime: 1 })),
    );
  });

  test('makes true records of more tags than it keeps, and of a tag too long to keep', () => {
    const tags = Array.from({ length: 2500 }, (_, i) => `tag-${i}`);
    const twice = [...tags, 'x'.repeat(5000), ...tags, 'x'.repeat(5000)];
    expectSame(twice.map((tag, step) => ({ tag, value: 1 / step, step, wallTime: step })));
  });
});
