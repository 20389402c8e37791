import { describe, expect, test } from 'vitest';
import { event } from '../src/messages/event.js';
import { tensorProto } from '../src/messages/tensor-proto.js';
import {
  decodeMessage,
  MAX_DECODED_NUMBERS,
  MAX_DECODED_OBJECTS,
  MAX_MESSAGE_DEPTH,
} from '../src/protobuf/decode-message.js';
import { encodeMessage } from '../src/protobuf/encode-message.js';
import {
  mapOf,
  message,
  type MessageType,
  optional,
  scalar,
} from '../src/protobuf/message-type.js';

interface Tree {
  readonly leaf: number | undefined;
  readonly branches: ReadonlyMap<string, Tree>;
}

const tree: MessageType<Tree> = message('Tree', {
  leaf: optional(1, 'int64'),
  branches: mapOf(2, () => tree),
});

/** A tree of one branch of one branch. */
function deep(depth: number): Tree {
  let at: Tree = { leaf: 1, branches: new Map() };
  for (let i = 1; i < depth; i++) at = { leaf: undefined, branches: new Map([['', at]]) };
  return at;
}

interface Step {
  readonly step: number;
}

const step: MessageType<Step> = message('Step', { step: scalar(1, 'int64') });

describe('decodeMessage', () => {
  test.each([
    0,
    1,
    127,
    128,
    2 ** 31,
    2 ** 48,
    2 ** 49 - 1,
    2 ** 49,
    2 ** 53 - 1,
    -1,
    -(2 ** 53 - 1),
  ])('reads the whole number %d exactly', (value) => {
    expect(decodeMessage(step, encodeMessage(step, { step: value }))).toEqual({ step: value });
  });

  test('reads maps, and gives each message its own', () => {
    const forest: Tree = {
      leaf: undefined,
      branches: new Map([
        ['a', { leaf: 1, branches: new Map([['b', { leaf: 2, branches: new Map() }]]) }],
        ['c', { leaf: undefined, branches: new Map() }],
      ]),
    };
    expect(decodeMessage(tree, encodeMessage(tree, forest))).toEqual(forest);
    expect(decodeMessage(tree, new Uint8Array())).toEqual({ branches: new Map() });
  });

  test('takes the last value of a key that comes twice, and an empty one where a value is missing', () => {
    const entry = (key: number, leaf: number[]): number[] =>
      [0x12, 3 + leaf.length, 0x0a, 1, key].concat(leaf);
    const [a, b] = [97, 98];
    const bytes = [
      ...entry(a, [0x12, 2, 0x08, 1]),
      ...entry(a, [0x12, 2, 0x08, 2]),
      ...entry(b, []),
    ];
    expect(decodeMessage(tree, Uint8Array.from(bytes)).branches).toEqual(
      new Map([
        ['a', { leaf: 2, branches: new Map() }],
        ['b', { branches: new Map() }],
      ]),
    );
  });

  test('lets messages be as deep as the limit, and no deeper', () => {
    const deepest = deep(MAX_MESSAGE_DEPTH);
    expect(decodeMessage(tree, encodeMessage(tree, deepest))).toEqual(deepest);
    expect(() => decodeMessage(tree, encodeMessage(tree, deep(MAX_MESSAGE_DEPTH + 1)))).toThrow(
      new RangeError('decodeMessage: expected messages at most 100 deep, got more'),
    );
  });

  test('refuses more empty messages than any step logs', () => {
    const many = (count: number): Uint8Array => {
      const values = new Uint8Array(2 * count);
      for (let i = 0; i < count; i++) values[2 * i] = 0x0a;
      return encodeMessage(message<{ s: Uint8Array }>('', { s: scalar(5, 'bytes') }), {
        s: values,
      });
    };
    // The event and its summary are two.
    expect(decodeMessage(event, many(MAX_DECODED_OBJECTS - 2)).summary?.value.length).toBe(
      MAX_DECODED_OBJECTS - 2,
    );
    expect(() => decodeMessage(event, many(MAX_DECODED_OBJECTS - 1))).toThrow(
      'decodeMessage: expected at most 1048576 messages, strings and bytes, got more',
    );
  });

  test('refuses longer lists than a tensor has for its elements', () => {
    const packed = (length: number): Uint8Array =>
      encodeMessage(message<{ b: Uint8Array }>('', { b: scalar(11, 'bytes') }), {
        b: new Uint8Array(length).fill(1),
      });
    expect(decodeMessage(tensorProto, packed(1000)).boolVal.length).toBe(1000);
    expect(() => decodeMessage(tensorProto, packed(MAX_DECODED_NUMBERS + 1))).toThrow(
      'decodeMessage: expected at most 16777216 numbers, got more',
    );
  });

  test('refuses a field of a message that ends after the message', () => {
    // summary { value of 3 bytes, in a summary of 3 } wall_time
    const bytes = Uint8Array.of(0x2a, 3, 0x0a, 3, 0x09, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(() => decodeMessage(event, bytes)).toThrow(
      'decodeMessage: Summary.Value: expected its last field to end with it',
    );
  });
});
